package dev.converge.language;

import dev.converge.schema.TypeRegistry;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What people who come from Puppet, Ansible, Chef, Salt or cloud-init call our resource types. */
final class Synonyms {
    private static final Map<String, List<String>> OURS = ours();

    private Synonyms() {}

    /** The types that a word of another tool may mean; those that there are, the likeliest first. */
    static Optional<String> advice(String word, TypeRegistry types) {
        String plain = word.toLowerCase(Locale.ROOT).replace("_", "");
        List<String> known = OURS.getOrDefault(plain, sameWord(plain, types)).stream()
                .filter(types.names()::contains)
                .filter(type -> !type.equals(word))
                .map(type -> "\"" + type + "\"")
                .toList();
        return known.isEmpty()
                ? Optional.empty()
                : Optional.of("Here it is called " + String.join(" or ", known) + ".");
    }

    private static List<String> sameWord(String plain, TypeRegistry types) {
        return types.names().stream()
                .filter(type -> type.toLowerCase(Locale.ROOT).equals(plain))
                .toList();
    }

    /** Ours first, then theirs, in lower case and without underscores. */
    private static Map<String, List<String>> ours() {
        Map<String, List<String>> words = new HashMap<>();
        add(
                words,
                List.of("pkg"),
                "packages apt aptpackage yum yumpackage dnf dnfpackage rpm dpkg dpkgpackage apk zypper");
        add(words, List.of("exec", "command"), "cmd shell run execute runcmd bootcmd script bash raw cmdrun");
        add(words, List.of("notice"), "notify echo println print debug log message");
        add(words, List.of("directory"), "folder dir mkdir remotedirectory filedirectory");
        add(words, List.of("link"), "symlink ln filelink");
        add(words, List.of("file"), "copy template writefiles cookbookfile remotefile concat filemanaged");
        add(words, List.of("user"), "users account useradd");
        add(words, List.of("group"), "groups groupadd");
        add(words, List.of("service"), "services systemd systemdservice daemon runitservice initservice svc");
        add(words, List.of("unit"), "systemdunit systemdunitfile dropin systemddropin systemdmanageunit servicefile");
        add(words, List.of("timer"), "systemdtimer schedule");
        add(words, List.of("cron", "timer"), "cronjob crontab croncommand crond at job");
        add(words, List.of("mount"), "mounts mountpoint fstab mountmounted automount");
        add(words, List.of("hostName"), "hostname sethostname fqdn hostnamectl");
        add(words, List.of("hostsEntry"), "host hosts hostentry hostsfileentry hostsfile etchosts manageetchosts");
        add(words, List.of("timezone"), "timedatectl tz timezonesystem");
        add(words, List.of("sysctl"), "sysctlparam sysctlvalue kernelparameter sysctlpresent");
        add(words, List.of("line"), "lineinfile fileline fileappend filereplace replace replaceorappend");
        add(words, List.of("block"), "blockinfile fileblock blockreplace fileblockreplace concatfragment");
        add(words, List.of("iniSetting", "setting"), "inisetting inifile inisubsetting inioptions ini");
        add(words, List.of("setting", "augeas"), "sshdconfig config option sshconfig");
        add(
                words,
                List.of("archive"),
                "unarchive archivefile geturl remotearchive tar untar extract download unzip staging archiveextracted");
        add(words, List.of("gitCheckout"), "git vcsrepo repo checkout gitlatest clone");
        add(
                words,
                List.of("authorizedKey"),
                "sshauthorizedkey sshauthorizedkeys authorizedkeys sshkey sshauth sshauthpresent");
        add(
                words,
                List.of("aptRepository"),
                "aptsource aptrepo ppa aptppa sourceslist deb822repository pkgrepo pkgrepomanaged aptkey");
        add(words, List.of("tidy"), "cleanup tmpwatch tmpreaper tmpfiles");
        add(
                words,
                List.of("container"),
                "docker dockerrun dockercontainer podman podmancontainer quadlet dockercompose pod");
        add(words, List.of("image"), "dockerimage podmanimage");
        add(words, List.of("network"), "dockernetwork podmannetwork");
        add(words, List.of("volume"), "dockervolume podmanvolume dockervolumes");
        return words;
    }

    private static void add(Map<String, List<String>> words, List<String> ours, String theirs) {
        for (String word : theirs.split(" ")) {
            words.put(word, ours);
        }
    }
}
