package dev.converge.service

import dev.converge.testhost.Shell
import dev.converge.testhost.TestHost
import java.nio.channels.FileChannel
import java.nio.file.Files
import java.nio.file.LinkOption
import java.nio.file.Path
import java.nio.file.StandardOpenOption
import spock.lang.Requires

/** Services of OpenRC, with its own tools in a folder; it has not booted that folder. */
@Requires({ TestHost.possible && OpenRcServiceSpec.fetched() })
class OpenRcServiceSpec extends ScriptedServiceSpec {
    private static final Path PACKAGES = TestHost.FOLDER.resolve('openrc')

    /** Whether Debian's packages of it are at hand, or can be had. */
    static boolean fetched() {
        Files.createDirectories(PACKAGES)
        def lock = FileChannel.open(PACKAGES.resolve('lock'), StandardOpenOption.CREATE, StandardOpenOption.WRITE)
        try {
            lock.lock()
            return packages() || Shell.run(['env', '-C', PACKAGES, 'apt-get', '-qq', '-o', 'APT::Sandbox::User=root', 'download', 'openrc', 'librc1', 'libeinfo1']).ok
        } finally {
            lock.close()
        }
    }

    private static List<File> packages() {
        PACKAGES.toFile().listFiles({ it.name.endsWith('.deb') } as FileFilter) as List
    }

    def setup() {
        packages().each { Shell.must(['dpkg', "--root=$folder.root", '--force-depends', '--unpack', it]) }
        ['starting', 'started', 'stopping', 'inactive', 'wasinactive', 'failed', 'hotplugged', 'daemons', 'options', 'exclusive', 'scheduled', 'tmp'].each {
            Files.createDirectories(folder.path("/run/openrc/$it"))
        }
        Files.writeString(folder.path('/run/openrc/softlevel'), 'default')
        Files.createDirectories(folder.path('/etc/runlevels/default'))
    }

    @Override
    String script() {
        '''\
        #!/sbin/openrc-run
        command=/bin/sleep
        command_args=1000
        command_background=true
        pidfile=/run/sleeper.pid
        '''
    }

    @Override
    boolean startsAtBoot() {
        Files.exists(folder.path('/etc/runlevels/default/sleeper'), LinkOption.NOFOLLOW_LINKS)
    }
}
