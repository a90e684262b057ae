package dev.converge.accounts

import dev.converge.host.LocalCommands
import dev.converge.host.LocalHost
import dev.converge.provider.Backups
import dev.converge.provider.Host
import java.nio.file.Path

/** This machine, as the specs of accounts see and clean it. */
final class AccountHost {
    static final Path ROOT = Path.of('/')
    static final List<Path> FILES = ['/etc/passwd', '/etc/group', '/etc/shadow', '/etc/gshadow'].collect { Path.of(it) }

    private AccountHost() {}

    static boolean isUsable() {
        System.getProperty('user.name') == 'root' && new File('/usr/sbin/useradd').canExecute()
    }

    /** This machine, looked at afresh. */
    static Host fresh(List<Path> kept = []) {
        new LocalHost(ROOT, new LocalCommands(ROOT), { Path path -> kept << path } as Backups)
    }

    static String run(String... command) {
        def process = new ProcessBuilder(command).redirectErrorStream(true).start()
        process.outputStream.close()
        def output = process.inputStream.getText('UTF-8')
        process.waitFor()
        output
    }

    /** Removes every user and group that a spec has made, but for the groups that it needs again. */
    static void clean(String... kept) {
        ['passwd': ['userdel', '-f'], 'group': ['groupdel']].each { file, remover ->
            new File("/etc/$file").readLines('UTF-8').collect { it.tokenize(':')[0] }
                .findAll { it.startsWith('cvgtest') && !(it in kept) }
                .each { run(*remover, it) }
        }
    }
}
