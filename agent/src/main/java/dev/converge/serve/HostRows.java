package dev.converge.serve;

import dev.converge.data.Data;
import dev.converge.data.DataFailure;
import dev.converge.data.DataValue;
import dev.converge.data.DataValue.Entry;
import dev.converge.data.DataValue.Mapping;
import dev.converge.data.DataValue.Scalar;
import dev.converge.data.DataValue.Sequence;
import dev.converge.data.Lookup;
import dev.converge.diagnostic.Checked;
import dev.converge.diagnostic.Code;
import dev.converge.diagnostic.Diagnostic;
import dev.converge.diagnostic.Related;
import dev.converge.diagnostic.SourceRange;
import dev.converge.diagnostic.Suggestions;
import dev.converge.model.InvalidValueException;
import dev.converge.model.Secret;
import dev.converge.serve.ServedHost.Boot;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Reads {@code serve} in the data of a site: all that is wrong with it in one go, each at its place. */
final class HostRows {
    private static final List<String> KEYS = List.of("hosts", "domain", "facts", "target", "boot", "vendorData");
    private static final List<String> WORDS = List.of("mac", "serial", "facts", "target", "token", "boot");
    private static final List<String> BOOT_WORDS = List.of("kernel", "initrd", "arguments");
    private static final String NAME = "[A-Za-z0-9]([A-Za-z0-9._-]{0,250}[A-Za-z0-9])?";
    private static final String MAC = "([0-9a-f]{2}:){5}[0-9a-f]{2}";
    private static final int SHORTEST_TOKEN = 16;

    private final Data data;
    private final HostFacts facts;
    private final Set<Diagnostic> problems = new LinkedHashSet<>();
    private final Map<String, ServedHost> hosts = new LinkedHashMap<>();
    private final Map<String, SourceRange> taken = new LinkedHashMap<>();

    private HostRows(Data data, HostFacts facts) {
        this.data = data;
        this.facts = facts;
    }

    /** @param data as it is for no host in particular */
    static Checked<HostTable> read(Data data, HostFacts facts) {
        HostRows rows = new HostRows(data, facts);
        try {
            Optional<HostTable> table = rows.table();
            return table.isPresent() && rows.problems.isEmpty()
                    ? Checked.of(table.get())
                    : Checked.failed(List.copyOf(rows.problems));
        } catch (DataFailure e) {
            return Checked.failed(e.diagnostic());
        }
    }

    private Optional<HostTable> table() {
        data.below("serve").forEach(entry -> allow(entry, KEYS));
        Lookup lookup = data.lookup("serve.hosts");
        if (lookup.value().isEmpty()) {
            problems.add(
                    Diagnostic.error(Code.DATA, "No hosts", "No level of the data says which hosts may boot from here.")
                            .suggest("Write into data/common.yaml: serve: { hosts: { web-1.example.com: { mac:"
                                    + " '52:54:00:00:00:05' } } }"));
            return Optional.empty();
        }
        Defaults defaults = new Defaults(
                data.lookup("serve.domain").value().flatMap(value -> parsed(Optional.of(value), HostRows::domain)),
                data.lookup("serve.facts").value(),
                data.lookup("serve.target").value().flatMap(this::form),
                data.lookup("serve.boot").value());
        map(lookup.value().get()).ifPresent(rows -> rows.forEach((name, entry) -> row(name, entry, defaults)));
        String vendorData =
                data.lookup("serve.vendorData").value().flatMap(this::text).orElse("");
        return Optional.of(new HostTable(hosts, vendorData));
    }

    /** What counts where a row does not say it. */
    private record Defaults(
            Optional<String> domain, Optional<DataValue> facts, Optional<Form> form, Optional<DataValue> boot) {
        /** Keys of Consul have no dots of their own, so a name in there has no domain. */
        String whole(String name) {
            return name.contains(".")
                    ? name
                    : name + domain.map(known -> "." + known).orElse("");
        }
    }

    private void row(String given, Entry entry, Defaults defaults) {
        String name = defaults.whole(given);
        if (!name.matches(NAME)) {
            problem(entry.keyAt(), "\"" + given + "\" is no name of a host.", "Write it such as web-1.example.com.");
            return;
        }
        boolean bare = entry.value() instanceof DataValue.Empty;
        Map<String, Entry> row = bare ? Map.of() : map(entry.value()).orElse(Map.of());
        allow(row, WORDS);
        List<String> macs = macs(value(row, "mac"));
        Optional<String> serial = value(row, "serial").flatMap(this::text);
        Optional<Secret> token = value(row, "token").flatMap(this::token);
        takeOnce(name, entry.keyAt());
        macs.forEach(mac -> takeOnce(mac, entry.keyAt()));
        serial.ifPresent(known -> takeOnce(known, entry.keyAt()));
        token.ifPresent(known -> takeTokenOnce(known, row.get("token").value().at()));
        Optional<Form> form = value(row, "target").flatMap(this::form).or(defaults::form);
        Optional<DataValue> boot = value(row, "boot").or(defaults::boot);
        hosts.put(
                name,
                new ServedHost(
                        name,
                        macs,
                        serial,
                        form.orElse(Form.CLOUD_INIT),
                        token,
                        boot.flatMap(this::boot),
                        facts.of(name, macs, List.of(defaults.facts(), value(row, "facts")), problems::add)));
    }

    private void takeOnce(String word, SourceRange at) {
        String folded = word.toLowerCase(Locale.ROOT);
        takeOnce(folded, at, "Two hosts have " + folded + ".", "Correct one of them: who asks by it could be either.");
    }

    /** The first host would use it up for the other one. */
    private void takeTokenOnce(Secret token, SourceRange at) {
        String advice = "Give each host its own, such as: openssl rand -hex 16";
        takeOnce("token " + Tokens.digest(token.reveal()), at, "Two hosts have the same token.", advice);
    }

    private void takeOnce(String what, SourceRange at, String detail, String advice) {
        SourceRange before = taken.putIfAbsent(what, at);
        if (before != null) {
            problems.add(Diagnostic.error(Code.DATA, "Given twice", detail)
                    .at(at)
                    .suggest(advice)
                    .related(Related.at("the other one", before)));
        }
    }

    private List<String> macs(Optional<DataValue> value) {
        List<DataValue> all = value.map(one -> one instanceof Sequence list ? list.elements() : List.of(one))
                .orElse(List.of());
        List<String> macs = new ArrayList<>();
        for (DataValue one : all) {
            parsed(Optional.of(one), HostRows::mac).ifPresent(macs::add);
        }
        return macs;
    }

    private static String domain(String text) {
        InvalidValueException.when(
                !text.matches(NAME), "\"" + text + "\" is no domain.", "Write it such as example.com.");
        return text;
    }

    private static String mac(String text) {
        String mac = text.toLowerCase(Locale.ROOT).replace('-', ':');
        InvalidValueException.when(
                !mac.matches(MAC),
                "\"" + text + "\" is no address of a network card.",
                "Write it in quotes, such as '52:54:00:00:00:05'.");
        return mac;
    }

    private Optional<Form> form(DataValue value) {
        return parsed(Optional.of(value), Form::parse);
    }

    private Optional<Secret> token(DataValue value) {
        Optional<Secret> token = value instanceof Scalar scalar && scalar.value() instanceof Secret secret
                ? Optional.of(secret)
                : text(value).map(Secret::of);
        boolean weak =
                token.isPresent() && !token.get().reveal().matches("[A-Za-z0-9._~-]{" + SHORTEST_TOKEN + ",200}");
        if (weak) {
            problem(
                    value.at(),
                    "A token has at least " + SHORTEST_TOKEN + " letters, digits and - . _ ~, and nothing else.",
                    "Make one with: openssl rand -hex 16");
        }
        return token;
    }

    private Optional<Boot> boot(DataValue value) {
        Optional<Map<String, Entry>> given = map(value);
        if (given.isEmpty()) {
            return Optional.empty();
        }
        Map<String, Entry> words = given.get();
        allow(words, BOOT_WORDS);
        if (!words.containsKey("kernel")) {
            problem(value.at(), "\"kernel\" is missing.", "Add it, such as: kernel: http://boot.example.com/linux");
            return Optional.empty();
        }
        Optional<String> kernel = parsed(value(words, "kernel"), HostRows::word);
        Optional<String> initrd = parsed(value(words, "initrd"), HostRows::word);
        Optional<String> arguments = parsed(value(words, "arguments"), HostRows::line);
        return kernel.map(known -> new Boot(known, initrd, arguments.orElse("ip=dhcp")));
    }

    private static String word(String text) {
        InvalidValueException.when(
                !text.matches("\\S+") || text.startsWith("#"),
                "\"" + text + "\" is no address.",
                "Write it whole, without spaces.");
        return text;
    }

    /** What would be another command of iPXE, or the rest of a line as a comment, is no argument of a kernel. */
    private static String line(String text) {
        InvalidValueException.when(
                text.matches("(?s).*[\\n\\r].*|(.*\\s)?(#.*|;|\\|\\||&&)(\\s.*)?"),
                "\"" + text + "\" would not get to the kernel as it stands.",
                "Write one line without #, ;, || and && between spaces.");
        return text;
    }

    private static Optional<DataValue> value(Map<String, Entry> row, String key) {
        return Optional.ofNullable(row.get(key)).map(Entry::value).filter(value -> !(value instanceof DataValue.Empty));
    }

    private void allow(Map<String, Entry> row, List<String> words) {
        row.values().forEach(entry -> allow(entry, words));
    }

    private void allow(Entry entry, List<String> words) {
        if (!words.contains(entry.key())) {
            problem(
                    entry.keyAt(),
                    "There is no key \"" + entry.key() + "\" here.",
                    Suggestions.didYouMean(entry.key(), words).orElse("There are " + String.join(", ", words) + "."));
        }
    }

    private Optional<Map<String, Entry>> map(DataValue value) {
        if (value instanceof Mapping mapping) {
            return Optional.of(mapping.entries());
        }
        problem(value.at(), "This has to be a map, and is " + value.kind() + ".", "Write { key: value }.");
        return Optional.empty();
    }

    private Optional<String> text(DataValue value) {
        if (value instanceof Scalar scalar && scalar.value() instanceof Secret) {
            problem(value.at(), "A secret cannot stand here.", "Only a token may be encrypted.");
            return Optional.empty();
        }
        if (value instanceof Scalar scalar) {
            return Optional.of(String.valueOf(scalar.value()));
        }
        problem(value.at(), "This has to be text, and is " + value.kind() + ".", "Write a word, or text in quotes.");
        return Optional.empty();
    }

    private <T> Optional<T> parsed(Optional<DataValue> value, Function<String, T> parse) {
        if (value.isEmpty()) {
            return Optional.empty();
        }
        try {
            return text(value.get()).map(parse);
        } catch (InvalidValueException e) {
            problem(value.get().at(), String.valueOf(e.getMessage()), e.advice().orElse("Correct it."));
            return Optional.empty();
        }
    }

    private void problem(SourceRange at, String detail, String advice) {
        problems.add(
                Diagnostic.error(Code.BAD_VALUE, "Bad value", detail).at(at).suggest(advice));
    }
}
