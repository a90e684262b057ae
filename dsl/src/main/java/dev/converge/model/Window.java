package dev.converge.model;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A time of the week in which a resource may be changed: {@code Sat,Sun 02:00-04:00}, {@code Mon-Fri 22:00-05:00 UTC}.
 *
 * @param days on which it opens
 * @param from when it opens
 * @param to when it closes; on the next day where that is not after {@code from}
 * @param zone whose clock is meant; the host's when empty
 */
public record Window(Set<DayOfWeek> days, LocalTime from, LocalTime to, Optional<ZoneId> zone) {
    private static final Pattern FORM = Pattern.compile(
            "(?:([A-Za-z][A-Za-z, -]*?)\\s+)?" + "(\\d{1,2}):(\\d{2})\\s*-\\s*(\\d{1,2}):(\\d{2})(?:\\s+(\\S+))?");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
    private static final DayOfWeek[] WEEK = DayOfWeek.values();

    public Window {
        days = Set.copyOf(days);
    }

    /** @throws InvalidValueException when it says no time of the week */
    public static Window parse(String text) {
        Matcher matcher = FORM.matcher(text.strip());
        if (!matcher.matches()) {
            throw new InvalidValueException(
                    "\"" + text + "\" is not a time of the week.",
                    "Write days, when it opens and when it closes, such as 'Sat,Sun 02:00-04:00' or '22:00-05:00 UTC'.");
        }
        int from = minute(matcher.group(2), matcher.group(3));
        int to = minute(matcher.group(4), matcher.group(5));
        InvalidValueException.when(
                from == to || from == LAST_MINUTE,
                "The window \"" + text + "\" closes when it opens.",
                "For the whole day, write 00:00-24:00.");
        Optional<ZoneId> zone = Optional.ofNullable(matcher.group(6)).map(Window::zone);
        Set<DayOfWeek> days =
                Optional.ofNullable(matcher.group(1)).map(Window::days).orElse(Set.of(WEEK));
        return new Window(days, time(from), time(to), zone);
    }

    private static final int LAST_MINUTE = 24 * 60;

    private static int minute(String hours, String minutes) {
        int hour = Integer.parseInt(hours);
        int minute = Integer.parseInt(minutes);
        InvalidValueException.when(
                minute > 59 || hour * 60 + minute > LAST_MINUTE,
                "There is no " + hours + ":" + minutes + " in a day.",
                "Times are from 00:00 to 24:00.");
        return hour * 60 + minute;
    }

    private static LocalTime time(int minute) {
        return LocalTime.MIDNIGHT.plusMinutes(minute);
    }

    private static ZoneId zone(String name) {
        try {
            return ZoneId.of(name);
        } catch (DateTimeException e) {
            throw new InvalidValueException(
                    "There is no time zone \"" + name + "\".",
                    "Write one such as UTC or Europe/Berlin, or leave it out for the host's own.");
        }
    }

    private static Set<DayOfWeek> days(String text) {
        EnumSet<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        for (String part : text.split(",", -1)) {
            String[] ends = part.split("-", -1);
            InvalidValueException.when(
                    ends.length > 2,
                    "\"" + part.strip() + "\" is more than one range of days.",
                    "Write ranges such as Mon-Wed, with a comma between them.");
            DayOfWeek last = day(ends[ends.length - 1]);
            DayOfWeek next = day(ends[0]);
            for (days.add(next); next != last; days.add(next)) {
                next = next.plus(1);
            }
        }
        return days;
    }

    private static DayOfWeek day(String text) {
        String name = text.strip().toUpperCase(Locale.ROOT);
        for (DayOfWeek day : WEEK) {
            if (name.equals(day.name()) || name.equals(day.name().substring(0, 3))) {
                return day;
            }
        }
        throw new InvalidValueException(
                "\"" + text.strip() + "\" is not a day of the week.", "Days are Mon, Tue, Wed, Thu, Fri, Sat and Sun.");
    }

    /**
     * When the first of several windows opens; empty while one of them is open.
     *
     * @param windows at least one
     * @param host the zone of windows that name none
     */
    public static Optional<ZonedDateTime> opening(List<Window> windows, Instant now, ZoneId host) {
        Optional<ZonedDateTime> first = Optional.empty();
        for (Window window : windows) {
            ZonedDateTime here = now.atZone(window.zone.orElse(host));
            if (window.isOpen(here)) {
                return Optional.empty();
            }
            ZonedDateTime opens = window.next(here);
            if (first.isEmpty() || opens.isBefore(first.get())) {
                first = Optional.of(opens);
            }
        }
        return first;
    }

    /** One that opened yesterday may last until today. */
    private boolean isOpen(ZonedDateTime now) {
        LocalDate today = now.toLocalDate();
        return holds(today.minusDays(1), now) || holds(today, now);
    }

    private boolean holds(LocalDate day, ZonedDateTime now) {
        return days.contains(day.getDayOfWeek())
                && !now.isBefore(opens(day, now.getZone()))
                && now.isBefore(closes(day, now.getZone()));
    }

    private ZonedDateTime next(ZonedDateTime now) {
        LocalDate day = now.toLocalDate();
        while (!days.contains(day.getDayOfWeek()) || !opens(day, now.getZone()).isAfter(now)) {
            day = day.plusDays(1);
        }
        return opens(day, now.getZone());
    }

    private ZonedDateTime opens(LocalDate day, ZoneId there) {
        return ZonedDateTime.of(day, from, there);
    }

    /** An hour that clocks go through twice belongs to the window both times. */
    private ZonedDateTime closes(LocalDate day, ZoneId there) {
        LocalDate last = to.isAfter(from) ? day : day.plusDays(1);
        return ZonedDateTime.of(last, to, there).withLaterOffsetAtOverlap();
    }

    /** As a manifest writes it. */
    @Override
    public String toString() {
        String close = to.equals(LocalTime.MIDNIGHT) ? "24:00" : TIME.format(to);
        String week = days.size() == WEEK.length ? "" : week() + " ";
        return week + TIME.format(from) + "-" + close
                + zone.map(there -> " " + there).orElse("");
    }

    private String week() {
        List<String> names = new ArrayList<>();
        Arrays.stream(WEEK)
                .filter(days::contains)
                .forEach(day -> names.add(
                        day.name().charAt(0) + day.name().substring(1, 3).toLowerCase(Locale.ROOT)));
        return String.join(",", names);
    }
}
