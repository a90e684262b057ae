package dev.converge.augeas;

import dev.converge.provider.ResourceFailure;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** One setting in the tree of its file: which node it is, what its value means, and where a new one belongs. */
final class Setting {
    /** Keywords of which each one counts, or whose name is a part of the value; see sshd_config(5). */
    private static final Set<String> CUMULATIVE = Set.of(
            "acceptenv",
            "allowgroups",
            "allowusers",
            "denygroups",
            "denyusers",
            "hostcertificate",
            "hostkey",
            "include",
            "listenaddress",
            "match",
            "permitlisten",
            "permitopen",
            "port",
            "setenv",
            "subsystem",
            "host",
            "identityfile",
            "certificatefile",
            "localforward",
            "remoteforward",
            "sendenv");

    private static final Set<String> WITH_COMMAS = Set.of(
            "ciphers",
            "macs",
            "kexalgorithms",
            "hostkeyalgorithms",
            "gssapikexalgorithms",
            "casignaturealgorithms",
            "pubkeyacceptedkeytypes");

    private final SettingName name;
    private final Syntax syntax;
    private final Tree tree;
    private final Optional<String> section;
    private final String key;

    Setting(SettingName name, Syntax syntax, Tree tree) {
        this.name = name;
        this.syntax = syntax;
        this.tree = tree;
        this.section = name.section(syntax.isSectioned())
                .or(() -> syntax == Syntax.LOOSE_SECTIONS ? Optional.of(Syntax.NO_TITLE) : Optional.empty());
        this.key = name.plainKey(syntax.isSectioned());
    }

    /** The value in the file, as {@code wanted} where it means the same; empty when the file has no such setting. */
    Optional<String> value(Optional<String> wanted) {
        return node().map(node -> {
            if (wanted.isPresent() && means(node, wanted.get())) {
                return wanted.get();
            }
            return shown(node);
        });
    }

    /** Changes the setting's value in its place; a new one goes behind the comment that shows its default. */
    void set(String value) {
        Optional<String> node = node();
        if (node.filter(seen -> means(seen, value)).isPresent()) {
            return;
        }
        if (value.indexOf('\n') >= 0 || (syntax != Syntax.SHELL && !value.equals(value.strip()))) {
            throw refused();
        }
        Optional<String> lines = syntax.lines(section, key, value);
        Optional<String> wanted = lines.map(text -> grafted(text).orElseThrow(this::refused));
        String target = node.orElseGet(this::newNode);
        if (wanted.isPresent()) {
            tree.take(wanted.get(), target);
            return;
        }
        boolean flag = value.isEmpty() && tree.has(target) && tree.get(target).isEmpty();
        if (!flag) {
            tree.set(target, Optional.of(syntax == Syntax.SHELL ? ShellValue.written(value, tree.get(target)) : value));
        }
    }

    void remove() {
        List<String> nodes = nodes();
        if (!nodes.isEmpty()) {
            requireOne(nodes);
            for (int i = nodes.size() - 1; i >= 0; i--) {
                tree.remove(nodes.get(i));
            }
            container().filter(this::isEmptyTop).ifPresent(tree::remove);
        }
    }

    /** Only a section with a header is written when nothing is in it. */
    private boolean isEmptyTop(String container) {
        return section.equals(Optional.of(Syntax.NO_TITLE)) && !tree.has(container + "/*");
    }

    /** The node that counts. */
    private Optional<String> node() {
        List<String> nodes = nodes();
        if (nodes.isEmpty()) {
            return Optional.empty();
        }
        requireOne(nodes);
        return Optional.of(nodes.get(syntax == Syntax.SSH ? 0 : nodes.size() - 1));
    }

    private void requireOne(List<String> nodes) {
        boolean oneCounts =
                switch (syntax) {
                    case SSH -> !isCumulative(key);
                    case SHELL, LAST_COUNTS -> true;
                    case SYSTEMD, SECTIONS, TITLED_SECTIONS, LOOSE_SECTIONS -> false;
                };
        if (nodes.size() > 1 && !oneCounts) {
            throw new ResourceFailure(
                    name.file() + " has " + nodes.size() + " settings \"" + name.key()
                            + "\", and each may count: which one is meant is not clear.",
                    "Say it with augeas, such as set '" + key + "[1]'.");
        }
    }

    /** Whether each line with such a key counts. */
    static boolean isCumulative(String key) {
        return CUMULATIVE.contains(key.toLowerCase(Locale.ROOT));
    }

    private List<String> nodes() {
        Optional<String> container = container();
        if (container.isEmpty()) {
            return List.of();
        }
        if (syntax == Syntax.SSH) {
            return tree.match(container.get() + "/*").stream()
                    .filter(node -> base(node).equalsIgnoreCase(key))
                    .toList();
        }
        return tree.match(container.get() + "/" + Tree.step(key));
    }

    /** The label of a node, without its number among its like. */
    private static String base(String node) {
        String label = Tree.label(node);
        int bracket = label.endsWith("]") ? label.lastIndexOf('[') : -1;
        return bracket > 0 ? label.substring(0, bracket) : label;
    }

    private Optional<String> container() {
        if (section.isEmpty()) {
            return Optional.of(tree.root());
        }
        return sections().stream().findFirst();
    }

    private List<String> sections() {
        String title = section.orElseThrow();
        String path = syntax.sectionLabel()
                .map(label -> label + "[. = " + quoted(title) + "]")
                .orElseGet(() -> Tree.step(title));
        return tree.match(tree.root() + "/" + path);
    }

    private String quoted(String text) {
        if (text.indexOf('\'') >= 0) {
            throw new ResourceFailure(
                    "The section \"" + text + "\" of " + name.file() + " has a quote in its name.", "Use augeas.");
        }
        return "'" + text + "'";
    }

    /** Makes the place of the setting: behind its commented default, else at the end of what is for everybody. */
    private String newNode() {
        String container = container().orElseGet(this::newSection);
        String path = container + "/" + Tree.step(key);
        Optional<String> comment = commentedDefault(container);
        if (comment.isPresent()) {
            tree.insert(comment.get(), key, false);
        } else if (syntax == Syntax.SSH) {
            tree.match(container + "/*").stream()
                    .filter(node ->
                            base(node).equalsIgnoreCase("Match") || base(node).equalsIgnoreCase("Host"))
                    .findFirst()
                    .ifPresent(block -> tree.insert(block, key, true));
        }
        return path;
    }

    private String newSection() {
        String title = section.orElseThrow();
        if (syntax.sectionLabel().isEmpty()) {
            return tree.root() + "/" + Tree.step(title);
        }
        String sections = tree.root() + "/" + syntax.sectionLabel().get();
        boolean first = title.equals(Syntax.NO_TITLE) && tree.has(sections);
        if (first) {
            tree.insert(sections + "[1]", syntax.sectionLabel().get(), true);
        }
        tree.set(sections + (first ? "[1]" : "[last() + 1]"), Optional.of(title));
        return container().orElseThrow();
    }

    private Optional<String> commentedDefault(String container) {
        String found = null;
        for (String comment : tree.match(container + "/#comment")) {
            if (tree.get(comment).filter(this::isDefault).isPresent()) {
                found = comment;
            }
        }
        return Optional.ofNullable(found);
    }

    private boolean isDefault(String comment) {
        if (!comment.regionMatches(syntax == Syntax.SSH, 0, key, 0, key.length())) {
            return false;
        }
        String rest = comment.substring(key.length()).stripLeading();
        boolean spaced = rest.length() < comment.length() - key.length();
        return switch (syntax) {
            case SSH -> spaced && rest.strip().indexOf(' ') < 0;
            case SHELL, SYSTEMD, SECTIONS, TITLED_SECTIONS, LOOSE_SECTIONS -> rest.startsWith("=");
            case LAST_COUNTS -> rest.startsWith("=") || (spaced && rest.strip().indexOf(' ') < 0);
        };
    }

    private boolean means(String node, String value) {
        Optional<String> lines = syntax.lines(section, key, value);
        if (lines.isPresent()) {
            return grafted(lines.get())
                    .filter(wanted -> tree.alike(node, wanted))
                    .isPresent();
        }
        String seen = tree.get(node).orElse("");
        return syntax == Syntax.SHELL ? ShellValue.literal(seen).equals(Optional.of(value)) : seen.equals(value);
    }

    /** The node that the lens makes of lines with the value; empty when it makes none or more than that. */
    private Optional<String> grafted(String lines) {
        List<String> nodes = tree.graft(lines)
                .map(root -> tree.match(root + (section.isPresent() ? "/*/*" : "/*")))
                .orElse(List.of());
        return nodes.size() == 1 ? Optional.of(nodes.get(0)) : Optional.empty();
    }

    private ResourceFailure refused() {
        return new ResourceFailure(
                "The value of \"" + name.key() + "\" is none that a line of " + name.file() + " can hold.",
                "Look at how the file writes such values.");
    }

    /** What a person would write for it. */
    private String shown(String node) {
        Optional<String> own = tree.get(node);
        if (own.isPresent()) {
            String seen = own.get();
            return syntax == Syntax.SHELL ? ShellValue.literal(seen).orElse(seen) : seen;
        }
        String separator = WITH_COMMAS.contains(key.toLowerCase(Locale.ROOT)) ? "," : " ";
        List<String> parts = tree.match(node + "/*").stream()
                .flatMap(part -> word(part).stream())
                .toList();
        return String.join(separator, parts);
    }

    private Optional<String> word(String part) {
        String label = Tree.label(part);
        Optional<String> value = tree.get(part);
        boolean named = !label.matches("\\d+|value|#comment.*");
        return named ? Optional.of(value.map(text -> label + " " + text).orElse(label)) : value;
    }
}
