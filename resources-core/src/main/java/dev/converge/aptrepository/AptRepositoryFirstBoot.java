package dev.converge.aptrepository;

import dev.converge.firstboot.Ownership;
import dev.converge.firstboot.Step;
import dev.converge.firstboot.Step.AddRepository;
import dev.converge.firstboot.Step.Remove;
import dev.converge.firstboot.Step.WriteFile;
import dev.converge.model.Content;
import dev.converge.model.Declared;
import dev.converge.model.Ensure;
import dev.converge.model.InvalidValueException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A source of packages without Converge. */
final class AptRepositoryFirstBoot {
    private AptRepositoryFirstBoot() {}

    static List<Step> steps(Declared<AptRepositoryResource> declared) {
        AptRepositoryResource repository = declared.desired();
        if (declared.ensure() == Ensure.ABSENT) {
            return repository.name().files().stream()
                    .<Step>map(file -> new Remove(file, false))
                    .toList();
        }
        InvalidValueException.when(
                repository.key().filter(key -> key.isRemote() || key.isOnHost()).isPresent(),
                "The key is not in the site, and a first boot cannot say which form it has.",
                "Put it into the site's files/.");
        Optional<Content> key = repository.key().map(one -> one);
        Optional<Path> place =
                key.map(one -> repository.name().key(KeyForm.of(one.bytes(), "The key of " + repository.name())));
        Wanted wanted = new Wanted(repository, place);
        List<Step> steps = new ArrayList<>();
        if (repository.pinPriority().isPresent()) {
            steps.add(new WriteFile(
                    repository.name().preferences(),
                    Optional.of(Content.of(wanted.preferences())),
                    Ownership.root("0644"),
                    true));
        }
        steps.add(new AddRepository(repository.name().toString(), wanted.editSources(""), key));
        return steps;
    }
}
