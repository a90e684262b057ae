package dev.converge.cli;

import dev.converge.agent.AgentLog;
import dev.converge.agent.LogEvent;
import dev.converge.agent.LogLevel;
import dev.converge.diagnostic.Letters;
import dev.converge.systemd.Journal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The agent's log: entries with fields in systemd's journal, or lines for people. */
final class ProcessLog implements AgentLog {
    private final Terminal terminal;
    private final boolean journal;

    ProcessLog(Terminal terminal, Map<String, String> environment) {
        this.terminal = terminal;
        this.journal = Journal.isBehind(environment);
    }

    @Override
    public void write(LogLevel level, LogEvent event, String text, Map<String, String> fields) {
        if (!journal || !Journal.send(entry(level, event, text, fields))) {
            terminal.print(line(level, text) + "\n");
        }
    }

    private static Map<String, String> entry(LogLevel level, LogEvent event, String text, Map<String, String> fields) {
        Map<String, String> entry = new LinkedHashMap<>();
        entry.put("MESSAGE", Letters.visible(text));
        entry.put("PRIORITY", String.valueOf(level.priority()));
        entry.put("MESSAGE_ID", event.id());
        entry.put("SYSLOG_IDENTIFIER", "converge");
        entry.putAll(fields);
        return entry;
    }

    private static String line(LogLevel level, String text) {
        Instant time = Instant.now().truncatedTo(ChronoUnit.SECONDS); // in UTC, as in the status
        String grade = level == LogLevel.INFO ? "" : level.name().toLowerCase(Locale.ROOT) + ": ";
        // A line that goes on is indented: what a program or a server has said cannot pass for an entry of its own.
        return time + " " + grade + Letters.visible(text.stripTrailing()).replace("\n", "\n    ");
    }
}
