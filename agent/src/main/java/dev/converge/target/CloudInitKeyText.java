package dev.converge.target;

import dev.converge.firstboot.Ownership;
import dev.converge.firstboot.Step;
import dev.converge.model.Content;
import dev.converge.model.Secret;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Writes steps that cloud-init has a key for under that key, whole users with the keys that they log in with. */
final class CloudInitKeyText {
    private static final Path SOURCES = Path.of("/etc/apt/sources.list.d");
    private static final Pattern SIGNED_BY = Pattern.compile("(?m)^Signed-By: *(/\\S+)$");

    /** Which is so of a new account anyway, and useradd(8) takes no word for it. */
    private static final String NEVER = "never";

    private final CloudConfig out;
    private final Map<String, List<Object>> logins = new LinkedHashMap<>();

    private CloudInitKeyText(CloudConfig out) {
        this.out = out;
    }

    static void write(List<PlacedStep> steps, CloudConfig out) {
        CloudInitKeyText text = new CloudInitKeyText(out);
        for (PlacedStep step : steps) {
            if (step.step() instanceof Step.AuthorizeKey key) {
                text.logins
                        .computeIfAbsent(key.user(), user -> new ArrayList<>())
                        .add(key.line());
            }
        }
        for (CloudStage stage : CloudStage.values()) {
            steps.stream().filter(step -> step.stage() == stage).forEach(text::write);
        }
    }

    private void write(PlacedStep placed) {
        String origin = placed.origin();
        Step step = placed.step();
        if (step instanceof Step.WriteFile file) {
            Map<String, Object> entry =
                    WrittenFile.of(file.path(), file.content().orElseThrow(), file.ownership());
            if (placed.stage() == CloudStage.DEFERRED) {
                entry.put("defer", true);
            }
            out.add(origin, "write_files", entry);
        } else if (step instanceof Step.AddRepository repository) {
            write(repository, origin);
        } else if (step instanceof Step.AddGroup group) {
            out.add(origin, "groups", group.name());
        } else if (step instanceof Step.AddUser user) {
            write(user, origin);
        } else if (step instanceof Step.InstallPackage wanted) {
            write(wanted, origin);
        } else if (step instanceof Step.SetHostname name) {
            write(name, origin);
        } else if (step instanceof Step.SetTimezone zone) {
            out.set(origin, "timezone", zone.zone());
        } else if (step instanceof Step.Say said) {
            out.say(origin + ": " + said.message());
        }
    }

    /** Not {@code apt}, whose files have another name and the old form. */
    private void write(Step.AddRepository repository, String origin) {
        Matcher signed = SIGNED_BY.matcher(repository.sources());
        if (repository.key().isPresent() && signed.find()) {
            Path keyring = Path.of(signed.group(1));
            out.add(
                    origin,
                    "write_files",
                    WrittenFile.of(keyring, repository.key().get(), Ownership.root("0644")));
        }
        Path file = SOURCES.resolve(repository.name() + ".sources");
        out.add(origin, "write_files", WrittenFile.of(file, Content.of(repository.sources()), Ownership.root("0644")));
    }

    /** The image's own user is kept, with the keys that the platform has for it. */
    private void write(Step.AddUser user, String origin) {
        if (!out.has("users")) {
            out.add("users", "default");
        }
        Step.Account account = user.account();
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("name", user.name());
        account.uid().ifPresent(uid -> entry.put("uid", uid));
        account.gid().ifPresent(group -> entry.put("primary_group", group));
        if (!account.groups().isEmpty()) {
            entry.put("groups", new ArrayList<Object>(account.groups()));
            entry.put("create_groups", false);
        }
        account.comment().ifPresent(comment -> entry.put("gecos", comment));
        account.home().ifPresent(home -> entry.put("homedir", home.toString()));
        flag(entry, "no_create_home", !account.manageHome());
        account.shell().ifPresent(shell -> entry.put("shell", shell.toString()));
        account.expires().filter(day -> !day.equals(NEVER)).ifPresent(day -> entry.put("expiredate", day));
        flag(entry, "system", user.system());
        Optional<String> password = account.password().map(Secret::reveal);
        password.ifPresent(hash -> entry.put("passwd", hash));
        entry.put("lock_passwd", password.isEmpty() || account.locked().orElse(false));
        if (logins.containsKey(user.name())) {
            entry.put("ssh_authorized_keys", logins.get(user.name()));
        }
        out.add(origin, "users", entry);
    }

    private static void flag(Map<String, Object> entry, String key, boolean set) {
        if (set) {
            entry.put(key, true);
        }
    }

    private void write(Step.InstallPackage wanted, String origin) {
        if (!out.has("packages")) {
            out.set("package_update", true);
        }
        Object entry = wanted.version()
                .<Object>map(version -> List.of(wanted.name(), version))
                .orElse(wanted.name());
        out.add(origin, "packages", entry);
    }

    private void write(Step.SetHostname wanted, String origin) {
        String name = wanted.name();
        int dot = name.indexOf('.');
        out.set(origin, "hostname", dot < 0 ? name : name.substring(0, dot));
        if (dot > 0) {
            out.set("fqdn", name);
            out.set("prefer_fqdn_over_hostname", true);
        }
        out.set("preserve_hostname", false);
    }
}
