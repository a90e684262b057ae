package dev.converge.testing;

import java.util.regex.Pattern;

/** What can be asked of a file, directory or link on a converged host; links are followed. */
public final class FileCheck {
    private final ConvergedHost host;
    private final String path;

    FileCheck(ConvergedHost host, String path) {
        this.host = host;
        this.path = path;
    }

    public boolean exists() {
        stat("%n");
        return true;
    }

    /** Whether there is nothing, not even a link that leads nowhere. */
    public boolean isAbsent() {
        if (host.run("stat", path).getExit() == 0) {
            throw new SpecFailure(path + " is there.");
        }
        return true;
    }

    public boolean isFile() {
        return is("regular");
    }

    public boolean isDirectory() {
        return is("directory");
    }

    private boolean is(String kind) {
        String found = stat("%F");
        if (!found.startsWith(kind)) {
            throw new SpecFailure(path + " is a " + found + ".");
        }
        return true;
    }

    /** Its permission bits in four digits, such as {@code 0644}. */
    public String getMode() {
        return "0".repeat(Math.max(0, 4 - stat("%a").length())) + stat("%a");
    }

    /** The name of the account that it belongs to. */
    public String getOwner() {
        return stat("%U");
    }

    /** The name of the group that it belongs to. */
    public String getGroup() {
        return stat("%G");
    }

    /** Its text. */
    public String getContent() {
        return host.must("cat", path);
    }

    /** Whether this text is in it. */
    public boolean contains(CharSequence text) {
        if (!getContent().contains(text)) {
            throw new SpecFailure(path + " does not contain \"" + text + "\":\n"
                    + getContent().stripTrailing());
        }
        return true;
    }

    /** Whether this pattern is found in it. */
    public boolean contains(Pattern pattern) {
        if (!pattern.matcher(getContent()).find()) {
            throw new SpecFailure(path + " contains nothing that matches /" + pattern + "/:\n"
                    + getContent().stripTrailing());
        }
        return true;
    }

    private String stat(String format) {
        CommandCheck ended = host.run("stat", "-L", "-c", format, path);
        if (ended.getExit() != 0) {
            throw new SpecFailure(path + " is not there.");
        }
        return ended.getOutput().strip();
    }

    @Override
    public String toString() {
        return "file " + path;
    }
}
