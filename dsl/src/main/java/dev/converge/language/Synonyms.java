package dev.converge.language;

import dev.converge.schema.TypeRegistry;
import dev.converge.schema.TypeSchema;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What people who come from Puppet, Ansible, Chef, Salt or cloud-init call our resource types. */
final class Synonyms {
    private static final Map<String, List<String>> OURS = ours();

    private static final Map<String, String> ATTRIBUTES = attributes();
    private static final Map<String, String> FILE_KINDS =
            Map.of("directory", "directory", "link", "link", "symlink", "link");
    private static final Map<String, String> SWITCHES = Map.ofEntries(
            Map.entry("running", "running"),
            Map.entry("started", "running"),
            Map.entry("stopped", "running"),
            Map.entry("enabled", "enabled"),
            Map.entry("disabled", "enabled"),
            Map.entry("masked", "masked"),
            Map.entry("mounted", "mounted"),
            Map.entry("unmounted", "mounted"));
    private static final Set<String> OFF = Set.of("stopped", "disabled", "unmounted");

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

    /** The word between braces that one of another tool may mean, of those that there are. */
    static Optional<String> attributeAdvice(String word, Collection<String> known) {
        return Optional.ofNullable(ATTRIBUTES.get(word.toLowerCase(Locale.ROOT).replace("_", "")))
                .filter(known::contains)
                .map(ours -> "Here it is called \"" + ours + "\".");
    }

    /** How to say, by an attribute of its own, what other tools say by {@code ensure} or {@code state}. */
    static Optional<String> ensureAdvice(String word, TypeSchema<?> schema) {
        if (word.matches("\\d.*")) {
            return schema.attribute("version").map(version -> "Write: version '" + word + "'");
        }
        if (schema.name().equals("file") && FILE_KINDS.containsKey(word)) {
            return Optional.of("That is a type of its own: " + FILE_KINDS.get(word) + "('…') { … }");
        }
        String plain = word.toLowerCase(Locale.ROOT);
        return Optional.ofNullable(SWITCHES.get(plain))
                .filter(attribute -> schema.attribute(attribute).isPresent())
                .map(attribute -> "Write: " + attribute + " " + !OFF.contains(plain));
    }

    private static List<String> sameWord(String plain, TypeRegistry types) {
        return types.names().stream()
                .filter(type -> type.toLowerCase(Locale.ROOT).equals(plain))
                .toList();
    }

    private static Map<String, String> attributes() {
        Map<String, String> words = new HashMap<>();
        words.put("notify", "notifies");
        words.put("state", "ensure");
        words.put("status", "ensure");
        words.put("src", "source");
        words.put("cmd", "command");
        words.put("regexp", "match");
        words.put("url", "source");
        words.put("retry", "retries");
        words.put("maintenancewindow", "window");
        for (String part : List.of("minute", "hour", "day", "monthday", "month", "weekday", "special", "specialtime")) {
            words.put(part, "schedule");
        }
        return words;
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
