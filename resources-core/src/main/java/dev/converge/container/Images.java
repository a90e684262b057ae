package dev.converge.container;

import dev.converge.provider.ResourceFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The images of an engine: each looked up once, and again after a change. */
final class Images {
    private final EngineClient engine;
    private final Map<String, Optional<ImageDetails>> known = new ConcurrentHashMap<>();

    Images(EngineClient engine) {
        this.engine = engine;
    }

    /** The image that a name leads to on this host. */
    Optional<ImageDetails> named(ImageName name) throws IOException, InterruptedException {
        // With both, the digest decides; the tag is for people.
        String reference =
                name.digest().map(digest -> name.path() + "@" + digest).orElseGet(name::reference);
        return find(reference);
    }

    /**
     * One at a time: many containers ask for the same image at once.
     *
     * @param reference a name in full, or an id
     */
    synchronized Optional<ImageDetails> find(String reference) throws IOException, InterruptedException {
        Optional<ImageDetails> image = known.get(reference);
        if (image == null) {
            image = engine.find("/images/" + reference + "/json").map(ImageDetails::of);
            known.put(reference, image);
        }
        return image;
    }

    /** What the registry has under a name now, as the digest of its manifest; empty when this engine cannot ask. */
    Optional<String> digestAtRegistry(ImageName name) throws IOException, InterruptedException {
        if (engine.isPodman()) {
            return Optional.empty();
        }
        Json answer = engine.change(
                HttpCall.get("/distribution/" + name.reference() + "/json"), "ask the registry for the image " + name);
        return answer.at("Descriptor", "digest").text();
    }

    void pull(ImageName name, Duration limit) throws IOException, InterruptedException {
        String query = name.digest()
                .map(digest -> "fromImage=" + EngineClient.encoded(name.path() + "@" + digest))
                .orElseGet(() -> "fromImage=" + EngineClient.encoded(name.path()) + "&tag="
                        + EngineClient.encoded(name.tag().orElseThrow()));
        engine.change(HttpCall.post("/images/create?" + query).within(limit), "pull the image " + name);
        known.clear();
        if (named(name).isEmpty()) {
            throw new ResourceFailure(
                    engine.product() + " pulled the image " + name + ", and does not have it under that name.");
        }
    }

    void load(Path tar, String shown, Duration limit) throws IOException, InterruptedException {
        HttpCall call = HttpCall.post("/images/load?quiet=1")
                .with(HttpCall.Body.of(tar))
                .within(limit);
        engine.change(call, "load the images in " + shown);
        known.clear();
    }

    void remove(ImageName name) throws IOException, InterruptedException {
        engine.change(HttpCall.delete("/images/" + name.reference()), "remove the image " + name);
        known.clear();
    }
}
