package dev.converge.watch

import spock.lang.Requires

@Requires({ System.getProperty('user.name') == 'root' && ['unshare', '--mount', 'mount', '-t', 'tmpfs', 'none', '/mnt'].execute().waitFor() == 0 })
class MountWatchSpec extends WatchSpecification {
    def cleanup() {
        "umount $folder/m".toString().execute().waitFor()
    }

    def "what is mounted and unmounted moves the mounts"() {
        given:
        sh('mkdir m')
        open().watch(catalog("mount('$folder/m') { device 'none'\n fsType 'tmpfs'\n persist false }"))
        settle()

        when:
        sh("mount -t tmpfs -o size=64k none $folder/m")

        then:
        moved(["$folder/m" as String] as Set) == ["$folder/m" as String] as Set

        when:
        settle()
        sh("umount $folder/m")

        then:
        moved(["$folder/m" as String] as Set) == ["$folder/m" as String] as Set
    }
}
