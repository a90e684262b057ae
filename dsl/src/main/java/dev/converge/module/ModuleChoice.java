package dev.converge.module;

import dev.converge.diagnostic.Checked;
import dev.converge.diagnostic.Diagnostic;
import dev.converge.diagnostic.Related;
import dev.converge.module.ModuleDescription.Requirement;
import dev.converge.module.ModuleList.Wanted;
import dev.converge.module.ModuleRepositories.Candidate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Chooses one revision of each module from Git: for each the newest, as far as they then go together. Where the newest do
 * not, earlier ones are tried, those of the last entries of the list first.
 */
public final class ModuleChoice {
    /** More tries than this would be a riddle, not a list of modules. */
    private static final int TRIES = 100_000;

    private final ModuleWish wish;
    private final ModuleRepositories repositories;
    private final List<Diagnostic> problems = new ArrayList<>();
    private final Map<String, List<Offer>> offers = new LinkedHashMap<>();
    private final Map<String, Offer> chosen = new LinkedHashMap<>();
    private final Map<String, ModuleDescription> fixed = new HashMap<>();
    private int tries;
    private int farthest;

    public ModuleChoice(ModuleWish wish, ModuleRepositories repositories) {
        this.wish = wish;
        this.repositories = repositories;
        wish.fixed().forEach(module -> fixed.put(module.name(), module.description()));
    }

    /** What was chosen for an entry of the list. */
    public record Chosen(Wanted wanted, Candidate candidate, Version version) {}

    /** A candidate whose description has been read. */
    private record Offer(Wanted wanted, Candidate candidate, String text, ModuleDescription description) {}

    /** One for each entry of the list that comes from Git, or why there is none. */
    public Checked<List<Chosen>> choose() {
        for (Wanted wanted : wish.git()) {
            Checked<List<Candidate>> candidates = repositories.candidates(wanted);
            problems.addAll(candidates.diagnostics());
            candidates.value().ifPresent(all -> offers.put(wanted.name(), offers(wanted, all)));
        }
        if (problems.stream().anyMatch(Diagnostic::isError)) {
            return Checked.failed(problems);
        }
        List<String> names = List.copyOf(offers.keySet());
        if (!choose(names, 0)) {
            problems.add(impossible(names.get(farthest)));
            return Checked.failed(problems);
        }
        Checked<SiteModules> whole = new ModuleSearch(wish.site()).with(wish.list(), this::located);
        problems.addAll(whole.diagnostics());
        List<Chosen> all = chosen.values().stream()
                .map(offer -> new Chosen(
                        offer.wanted(), offer.candidate(), offer.description().version()))
                .toList();
        return Checked.unlessErrors(all, problems);
    }

    private Optional<GitModules.Located> located(Wanted wanted, ModuleSource.Git source, Consumer<Diagnostic> told) {
        Offer offer = chosen.get(wanted.name());
        return Optional.of(new GitModules.Located(
                wish.site().resolve(SiteModules.INSTALLED).resolve(wanted.name()), shown(offer), offer.text()));
    }

    private static String shown(Offer offer) {
        return ((ModuleSource.Git) offer.wanted().source()).address() + "@"
                + offer.candidate().revision();
    }

    /** Those that can be used at all; what is wrong with the best one is told when there are none. */
    private List<Offer> offers(Wanted wanted, List<Candidate> candidates) {
        List<Offer> usable = new ArrayList<>();
        List<Diagnostic> first = new ArrayList<>();
        for (Candidate candidate : candidates) {
            List<Diagnostic> wrong = new ArrayList<>();
            offer(wanted, candidate, wrong).ifPresent(usable::add);
            if (first.isEmpty()) {
                first.addAll(wrong);
            }
        }
        if (usable.isEmpty()) {
            problems.addAll(first);
        }
        return usable;
    }

    private Optional<Offer> offer(Wanted wanted, Candidate candidate, List<Diagnostic> wrong) {
        Optional<String> text = repositories.description(wanted, candidate);
        String where = wanted.source() + ", " + candidate.revision();
        if (text.isEmpty()) {
            wrong.add(ModuleProblem.error("No such module", "There is no module.yaml at the top of " + where + ".")
                    .at(wanted.at())
                    .suggest("Name a repository that is a module, and a revision of it that has one."));
            return Optional.empty();
        }
        String file = ((ModuleSource.Git) wanted.source()).address() + "@" + candidate.revision() + "/"
                + ModuleFiles.DESCRIPTION;
        Optional<ModuleDescription> description = DescriptionReader.read(file, text.get(), wrong::add);
        if (description.isEmpty()) {
            return Optional.empty();
        }
        Version version = description.get().version();
        if (candidate.version().filter(tag -> !tag.equals(version)).isPresent()) {
            wrong.add(ModuleProblem.error(
                            "Wrong version",
                            "The tag " + candidate.revision() + " of " + wanted.name()
                                    + " has a module.yaml that says version " + version + ".")
                    .at(wanted.at())
                    .suggest("Ask its author to set a tag that agrees, or name a ref in place of a version."));
            return Optional.empty();
        }
        return Optional.of(new Offer(wanted, candidate, text.get(), description.get()));
    }

    private boolean choose(List<String> names, int at) {
        if (at == names.size()) {
            return true;
        }
        farthest = Math.max(farthest, at);
        for (Offer offer : offers.get(names.get(at))) {
            if (++tries > TRIES) {
                return false;
            }
            if (fits(offer.description())) {
                chosen.put(names.get(at), offer);
                if (choose(names, at + 1)) {
                    return true;
                }
                chosen.remove(names.get(at));
            }
        }
        return false;
    }

    private boolean fits(ModuleDescription one) {
        List<ModuleDescription> others = new ArrayList<>(fixed.values());
        chosen.values().forEach(offer -> others.add(offer.description()));
        return others.stream().allMatch(other -> allows(one, other) && allows(other, one))
                && ThisConverge.version()
                        .filter(own -> !one.converge().contains(own))
                        .isEmpty();
    }

    private static boolean allows(ModuleDescription asker, ModuleDescription other) {
        Requirement requirement = asker.requires().get(other.name());
        return requirement == null || requirement.range().contains(other.version());
    }

    /** Who asks for what, of a module for which nothing was left and of those that it requires. */
    private Diagnostic impossible(String name) {
        Offer best = offers.get(name).get(0);
        Set<String> about = new TreeSet<>(best.description().requires().keySet());
        about.add(name);
        List<String> asks = new ArrayList<>();
        List<Related> places = new ArrayList<>();
        for (ModuleDescription asker : askers()) {
            asker.requires().forEach((required, requirement) -> {
                if (about.contains(required)) {
                    asks.add(asker + " requires " + required + " " + requirement.range());
                    places.add(Related.at("required here", requirement.at()));
                }
            });
        }
        asks.add("there is " + about.stream().map(this::versions).collect(Collectors.joining("; ")));
        Diagnostic told = ModuleProblem.error(
                        "Requirement not met",
                        "No version of " + name + " goes together with the others: " + String.join(", ", asks) + ".")
                .at(best.wanted().at())
                .suggest("Change the range of one of them in " + ModuleList.FILE
                        + "; if the lock holds an old version, add --update.");
        for (Related place : places) {
            told = told.related(place);
        }
        return told;
    }

    private String versions(String name) {
        List<Offer> all = offers.getOrDefault(name, List.of());
        String versions = all.stream()
                .map(offer -> offer.description().version().toString())
                .collect(Collectors.joining(", "));
        return name + " "
                + (all.isEmpty()
                        ? Optional.ofNullable(fixed.get(name))
                                .map(one -> one.version().toString())
                                .orElse("nowhere")
                        : versions);
    }

    private List<ModuleDescription> askers() {
        List<ModuleDescription> askers = new ArrayList<>(fixed.values());
        offers.values().forEach(all -> askers.add(all.get(0).description()));
        return askers;
    }
}
