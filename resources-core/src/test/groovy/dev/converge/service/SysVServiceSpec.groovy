package dev.converge.service

import dev.converge.testhost.TestHost
import spock.lang.Requires

/** Services of SysV with Debian's own service and update-rc.d. */
@Requires({ TestHost.possible })
class SysVServiceSpec extends ScriptedServiceSpec {
    @Override
    String script() {
        InitScript.of('sleeper')
    }

    @Override
    boolean startsAtBoot() {
        folder.path('/etc/rc2.d').toFile().list().any { it ==~ /S\d\dsleeper/ }
    }
}
