package dev.converge.cron;

import dev.converge.model.InvalidValueException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text of a job's file: a comment that says whose it is, the environment, the job.
 *
 * @param schedule as it is written; empty when there is no job
 * @param others lines that do not belong to the job
 */
record CronText(String schedule, String user, String command, Map<String, String> environment, List<String> others) {
    private static final String COMMENT = "# Managed by Converge: cron";
    private static final Pattern VARIABLE =
            Pattern.compile("\\s*([A-Za-z_][A-Za-z0-9_]*)\\s*=\\s*(.*?)\\s*", Pattern.DOTALL);
    private static final Pattern JOB =
            Pattern.compile("\\s*(@[a-z]+|\\S+(?:[ \t]+\\S+){4})[ \t]+(\\S+)[ \t]+(.*)", Pattern.DOTALL);

    /** What a file says; cron would run each job in it, and the first one counts as ours. */
    static CronText read(String text) {
        Map<String, String> environment = new LinkedHashMap<>();
        List<String> others = new ArrayList<>();
        CronText job = new CronText("", "", "", environment, others);
        if (!text.isEmpty() && !text.endsWith("\n")) {
            others.add("a last line without its end, for which cron passes over the file");
        }
        for (String line : text.split("\n")) {
            Matcher variable = VARIABLE.matcher(line);
            Matcher parts = JOB.matcher(line);
            if (line.isBlank() || line.startsWith(COMMENT)) {
                continue;
            }
            if (line.stripLeading().startsWith("#")) {
                others.add(line);
            } else if (variable.matches() && job.schedule().isEmpty()) {
                environment.put(variable.group(1), unquoted(variable.group(2)));
            } else if (parts.matches() && job.schedule().isEmpty()) {
                String command = parts.group(3).replace("\\%", "%");
                job = new CronText(
                        parts.group(1).replaceAll("[ \t]+", " "), parts.group(2), command, environment, others);
            } else {
                others.add(line);
            }
        }
        return job;
    }

    static String of(CronResource cron) {
        StringBuilder text = new StringBuilder();
        text.append(COMMENT).append('[').append(cron.name()).append("]\n");
        cron.environment().forEach((name, value) -> text.append(name)
                .append('=')
                .append(quoted(value.reveal()))
                .append('\n'));
        String command = cron.command().reveal().replace("%", "\\%");
        return text.append(cron.schedule().orElseThrow())
                .append(' ')
                .append(cron.user())
                .append(' ')
                .append(command)
                .append('\n')
                .toString();
    }

    /** Fails when there is no way to write the value so that cron reads it back. */
    static void requireWritable(String name, String value) {
        boolean open = quoted(value).equals(value) && value.matches("[\"'].*");
        if (open || !unquoted(quoted(value)).equals(value)) {
            throw new InvalidValueException(
                    "The value of " + name + " cannot be written for cron: it needs quotes and has both kinds in it.",
                    "Set it in a script.");
        }
    }

    /** Quotes keep spaces at the ends; nothing can be escaped inside them. */
    private static String quoted(String value) {
        if (value.matches("[\\w@%+:,./-]+")) {
            return value;
        }
        if (value.indexOf('"') < 0) {
            return '"' + value + '"';
        }
        return value.indexOf('\'') < 0 ? "'" + value + "'" : value;
    }

    private static String unquoted(String written) {
        String value = written.strip();
        char first = value.isEmpty() ? ' ' : value.charAt(0);
        boolean quoted =
                value.length() > 1 && (first == '"' || first == '\'') && value.indexOf(first, 1) == value.length() - 1;
        return quoted ? value.substring(1, value.length() - 1) : value;
    }
}
