package dev.converge.memory;

import dev.converge.diagnostic.Code;
import dev.converge.diagnostic.Diagnostic;
import dev.converge.diagnostic.Related;
import dev.converge.model.Declared;
import dev.converge.model.Repeats;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Says what is wrong with resources that never settle: with two that write one file, both are named. */
final class Unrest {
    /** Fewer may be chance: somebody edits a file in two half hours. */
    static final int RUNS = 3;

    private Unrest() {}

    /** One warning for each that was changed in this run and in so many before, in the catalog's order. */
    static List<Diagnostic> of(List<Restless> all) {
        List<Restless> restless =
                all.stream().filter(one -> one.times() >= RUNS).toList();
        Map<Path, List<Restless>> byPath = new LinkedHashMap<>();
        for (Restless one : restless) {
            one.paths().forEach(path -> byPath.computeIfAbsent(path, key -> new ArrayList<>())
                    .add(one));
        }
        List<Diagnostic> told = new ArrayList<>();
        List<Restless> fighting = new ArrayList<>();
        byPath.forEach((path, fighters) -> {
            if (fighters.size() > 1 && !fighting.containsAll(fighters)) {
                fighting.addAll(fighters);
                told.add(fight(path, fighters));
            }
        });
        for (Restless one : restless) {
            if (!fighting.contains(one)) {
                alone(one, told);
            }
        }
        return told;
    }

    private static Diagnostic fight(Path path, List<Restless> fighters) {
        Declared<?> first = fighters.get(0).report().declared();
        String names = String.join(
                " and ",
                fighters.stream()
                        .map(one -> one.report().declared().id().toString())
                        .toList());
        int times = fighters.stream().mapToInt(Restless::times).min().orElseThrow();
        Diagnostic told = Diagnostic.warning(
                        Code.FLAPPING,
                        "Resources undo each other",
                        names + " were changed in each of the last " + times
                                + " runs, and the manifest was not: all of them write " + path + ".")
                .at(first.source())
                .suggest("Let one of them write it.");
        for (Restless one : fighters.subList(1, fighters.size())) {
            Declared<?> other = one.report().declared();
            told = told.related(Related.at(other.id() + " is declared here", other.source()));
        }
        return told;
    }

    private static void alone(Restless one, List<Diagnostic> told) {
        Declared<?> declared = one.report().declared();
        String times = " in each of the last " + one.times() + " runs";
        if (!(declared.desired() instanceof Repeats work)) {
            told.add(flapping(
                    declared,
                    declared.id() + " was changed" + times
                            + ", and the manifest was not: something else changes it back.",
                    "Look for a program, a package or another tool that writes it too, or leave it to that:"
                            + " onDrift 'report'."));
        } else if (!work.repeats()) {
            told.add(
                    flapping(
                            declared,
                            declared.id() + " ran" + times
                                    + ": its guards do not say that its work is done, or something undoes it each time.",
                            "Let creates, onlyIf or unless look for what the command leaves behind, and look whether it stays."));
        } else if (one.times() == RUNS) {
            // It may be meant so; that is said once, and not in every run to come.
            told.add(flapping(
                    declared,
                    declared.id() + " runs in every run: nothing says when its work is done.",
                    "Give it creates, onlyIf, unless or refreshOnly; if it is meant so, nothing is wrong."));
        }
    }

    private static Diagnostic flapping(Declared<?> declared, String detail, String advice) {
        return Diagnostic.warning(Code.FLAPPING, "Changed in every run", detail)
                .at(declared.source())
                .suggest(advice);
    }
}
