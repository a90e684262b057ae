package dev.converge.examples

import java.nio.channels.FileChannel
import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.StandardOpenOption

/** The real machine below the tests that need one: what they find there, and how they take back what a run did. */
final class Machine {
    private static final Path POLICY = Path.of('/usr/sbin/policy-rc.d')
    private static final Path HISTORY = Path.of('/var/log/apt/history.log')

    /** Whether tests may install packages here. */
    static boolean isOurs() {
        System.getProperty('user.name') == 'root' && Files.isExecutable(Path.of('/usr/bin/apt-get'))
    }

    /** Lets one spec at a time change packages or accounts, across all test runs on this machine; lasts until it is closed. */
    static AutoCloseable turn(String what) {
        def file = Path.of(System.getProperty('java.io.tmpdir'), "converge-tests-${what}.lock")
        def channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)
        channel.lock()
        channel
    }

    /** Runs a program to its end, and fails when it fails. */
    static String run(String... command) {
        def builder = new ProcessBuilder(command).redirectErrorStream(true).redirectInput(new File('/dev/null'))
        builder.environment().putAll(DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C.UTF-8')
        def started = builder.start()
        def text = started.inputStream.text
        assert started.waitFor() == 0 : "${command.join(' ')}\n$text"
        text
    }

    static boolean isInstalled(String name) {
        new ProcessBuilder('dpkg-query', '-W', '-f', '${db:Status-Status}', name).start().text == 'installed'
    }

    static boolean isUser(String name) {
        new ProcessBuilder('getent', 'passwd', name).start().waitFor() == 0
    }

    static boolean isGroup(String name) {
        new ProcessBuilder('getent', 'group', name).start().waitFor() == 0
    }

    /** Keeps packages from starting services; what takes that back. */
    static Closure withoutServices() {
        if (Files.exists(POLICY)) {
            return {}
        }
        Files.writeString(POLICY, '#!/bin/sh\nexit 101\n')
        POLICY.toFile().setExecutable(true, false)
        return { Files.deleteIfExists(POLICY) }
    }

    /** Purges a package that a test has installed with all that came along; apt's own log says what that was. */
    static void purge(String name) {
        if (!isInstalled(name)) {
            return
        }
        def installations = Files.readString(HISTORY).readLines().findAll { it.startsWith('Install: ') && it.contains("$name:") }
        def names = installations.last().substring('Install: '.size()).split(/\), /).collect { it.tokenize(': ')[0] }
        run(*(['apt-get', '-qq', '-o', 'DPkg::Lock::Timeout=120', '-y', 'purge'] + names))
    }

    static void removeAccounts(String name) {
        if (isUser(name)) {
            run('userdel', name)
        }
        if (isGroup(name)) {
            run('groupdel', name)
        }
    }
}
