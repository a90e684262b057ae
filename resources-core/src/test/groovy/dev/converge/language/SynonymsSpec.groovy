package dev.converge.language

import java.nio.file.Path
import spock.lang.Specification
import spock.lang.TempDir

/** Words of other tools, and what they are told. */
class SynonymsSpec extends Specification {
    @TempDir
    Path folder

    def "#word is told to be #ours"() {
        given:
        def types = SiteFolder.TYPES.names()
        def known = ours.findAll { it in types }
        def advice = new SiteFolder(folder).manifest("$word('x') { }").diagnostics()[0].suggestion().get()

        expect:
        known.empty || advice == "Here it is called ${known.collect { "\"$it\"" }.join(' or ')}."

        where:
        word                 || ours
        'packages'           || ['pkg']
        'yum'                || ['pkg']
        'host'               || ['hostsEntry']
        'hostname'           || ['hostName']
        'mountpoint'         || ['mount']
        'lineinfile'         || ['line']
        'file_line'          || ['line']
        'blockinfile'        || ['block']
        'docker_container'   || ['container']
        'docker_image'       || ['image']
        'podman'             || ['container']
        'systemd'            || ['service']
        'systemd_unit'       || ['unit']
        'cronjob'            || ['cron', 'timer']
        'apt_repository'     || ['aptRepository']
        'ssh_authorized_key' || ['authorizedKey']
        'git'                || ['gitCheckout']
        'vcsrepo'            || ['gitCheckout']
        'unarchive'          || ['archive']
        'get_url'            || ['archive']
        'ini_setting'        || ['iniSetting', 'setting']
        'ini_file'           || ['iniSetting', 'setting']
        'runcmd'             || ['exec', 'command']
        'write_files'        || ['file']
        'remote_file'        || ['file']
        'timedatectl'        || ['timezone']
        'tmpreaper'          || ['tidy']
    }
}
