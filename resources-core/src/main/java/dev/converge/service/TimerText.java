package dev.converge.service;

import dev.converge.model.Durations;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The two unit files of a timer. */
final class TimerText {
    private TimerText() {}

    /** What tells a service that was made for a timer from anybody else's. */
    static String mark(TimerName name) {
        return "# Made by Converge for timer[" + name + "].";
    }

    static String timer(
            TimerName name,
            List<String> onCalendar,
            Optional<Duration> onBoot,
            Optional<Duration> onUnitActive,
            boolean persistent,
            Optional<Duration> randomizedDelay,
            Optional<Duration> accuracy,
            Optional<UnitName> runs,
            Optional<String> description) {
        Map<String, UnitSetting> timer = new LinkedHashMap<>();
        if (!onCalendar.isEmpty()) {
            timer.put("OnCalendar", UnitSetting.parse(String.join("\n", onCalendar)));
        }
        span("OnBootSec", onBoot, timer);
        span("OnUnitActiveSec", onUnitActive, timer);
        if (persistent) {
            timer.put("Persistent", UnitSetting.parse("true"));
        }
        span("RandomizedDelaySec", randomizedDelay, timer);
        span("AccuracySec", accuracy, timer);
        runs.ifPresent(unit -> timer.put("Unit", UnitSetting.parse(unit.text())));
        return mark(name) + "\n"
                + new UnitText()
                        .section("Unit", described(description))
                        .section("Timer", timer)
                        .section("Install", Map.of("WantedBy", UnitSetting.parse("timers.target")));
    }

    private static void span(String key, Optional<Duration> value, Map<String, UnitSetting> section) {
        value.ifPresent(span -> section.put(key, UnitSetting.parse(Durations.format(span))));
    }

    private static Map<String, UnitSetting> described(Optional<String> description) {
        return description
                .map(text -> Map.of("Description", UnitSetting.parse(text.replace("%", "%%"))))
                .orElse(Map.of());
    }

    static String service(
            TimerName name,
            List<String> command,
            Optional<String> user,
            Optional<String> description,
            Map<String, UnitSetting> settings) {
        Map<String, UnitSetting> service = new LinkedHashMap<>();
        service.put("Type", UnitSetting.parse("oneshot"));
        service.put(
                "ExecStart",
                UnitSetting.parse(command.stream().map(TimerText::word).collect(Collectors.joining(" "))));
        user.ifPresent(account -> service.put("User", UnitSetting.parse(account)));
        service.putAll(settings);
        return mark(name) + "\n"
                + new UnitText().section("Unit", described(description)).section("Service", service);
    }

    /** One word as systemd splits a command line: no quotes, variables or specifiers are left to it. */
    private static String word(String text) {
        String escaped = text.replace("\\", "\\\\")
                .replace("\"", "\\\"")
                .replace("\n", "\\n")
                .replace("%", "%%")
                .replace("$", "$$");
        return text.matches("[A-Za-z0-9@%+=:,./_-]+") ? escaped : '"' + escaped + '"';
    }
}
