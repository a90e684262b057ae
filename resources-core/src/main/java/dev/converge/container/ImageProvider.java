package dev.converge.container;

import dev.converge.firstboot.FirstBoot;
import dev.converge.firstboot.Scene;
import dev.converge.firstboot.Step;
import dev.converge.model.Declared;
import dev.converge.provider.Action;
import dev.converge.provider.Change;
import dev.converge.provider.Host;
import dev.converge.provider.Inspects;
import dev.converge.provider.Provider;
import dev.converge.provider.ResourceFailure;
import dev.converge.provider.WatchPoint;
import dev.converge.provider.Watchable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Fetches, loads and removes images of a container engine. */
public final class ImageProvider
        implements Provider<ImageResource>,
                Inspects<ImageResource>,
                FirstBoot<ImageResource>,
                Watchable<ImageResource> {
    @Override
    public List<WatchPoint> watched(ImageResource desired, Host host) {
        return List.of(
                KnownEngines.watched(desired.engine(), "image", desired.name().toString()));
    }

    @Override
    public Optional<ImageResource> observe(ImageResource desired, Host host) throws IOException, InterruptedException {
        EngineClient engine = KnownEngines.at(desired.engine(), host);
        Optional<ImageDetails> local = engine.images().named(desired.name());
        if (local.isEmpty()) {
            return Optional.empty();
        }
        Optional<ImageArchive> source = desired.source();
        if (source.isPresent() && !isLoaded(desired, local.get(), host)) {
            source = Optional.empty();
        }
        return Optional.of(new ImageResource(desired.name(), source, desired.pullTimeout(), desired.engine()));
    }

    /** Whether the host has what the archive has; an archive that is not there has nothing newer. */
    private static boolean isLoaded(ImageResource desired, ImageDetails local, Host host) throws IOException {
        Path tar = desired.source().orElseThrow().on(host);
        if (!Files.isRegularFile(tar)) {
            return true;
        }
        String id = ImageArchive.images(tar).get(desired.name());
        return local.id().equals(id);
    }

    @Override
    public void check(Change<ImageResource> change, Host host) throws IOException, InterruptedException {
        ImageResource desired = change.desired();
        EngineClient engine = KnownEngines.at(desired.engine(), host);
        if (change.action() == Action.DELETE) {
            return;
        }
        if (desired.source().isEmpty()) {
            engine.images().digestAtRegistry(desired.name());
            return;
        }
        ImageArchive archive = desired.source().get();
        Path tar = archive.on(host);
        if (!Files.isRegularFile(tar)) {
            throw new ResourceFailure(
                    "There is no archive " + archive + " to load the image " + desired.name() + " from.",
                    "Declare it as a file, or correct source.");
        }
        List<String> names = ImageArchive.images(tar).keySet().stream()
                .map(ImageName::toString)
                .toList();
        if (!names.contains(desired.name().toString())) {
            throw new ResourceFailure(
                    "The archive " + archive + " has no image " + desired.name() + "; it has "
                            + (names.isEmpty() ? "none with a name" : String.join(", ", names)) + ".",
                    "Name one of these, or save the image by its name.");
        }
    }

    @Override
    public void apply(Change<ImageResource> change, Host host) throws IOException, InterruptedException {
        ImageResource desired = change.desired();
        Images images = KnownEngines.at(desired.engine(), host).images();
        if (change.action() == Action.DELETE) {
            images.remove(desired.name());
        } else if (desired.source().isPresent()) {
            ImageArchive archive = desired.source().get();
            images.load(archive.on(host), archive.toString(), desired.pullTimeout());
        } else {
            images.pull(desired.name(), desired.pullTimeout());
        }
    }

    @Override
    public List<String> names(Host host) throws IOException, InterruptedException {
        Optional<EngineClient> engine = KnownEngines.usual(host);
        if (engine.isEmpty()) {
            return List.of();
        }
        return engine.get().get("/images/json").items().stream()
                .flatMap(image -> image.at("RepoTags").texts().stream())
                .filter(name -> !name.startsWith("<none>"))
                .map(name -> ImageName.parse(name).toString())
                .sorted()
                .toList();
    }

    @Override
    public Optional<ImageResource> inspect(String name, Host host) throws IOException, InterruptedException {
        Optional<EngineClient> engine = KnownEngines.usual(host);
        if (engine.isEmpty()) {
            return Optional.empty();
        }
        ImageName image = ImageName.parse(name);
        return engine.get()
                .images()
                .named(image)
                .map(found -> new ImageResource(image, Optional.empty(), Duration.ofMinutes(10), Optional.empty()));
    }

    @Override
    public List<Step> steps(Declared<ImageResource> declared, Scene scene) {
        return EngineThings.image(declared, scene);
    }
}
