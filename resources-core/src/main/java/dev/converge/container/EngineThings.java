package dev.converge.container;

import dev.converge.firstboot.Guard;
import dev.converge.firstboot.Scene;
import dev.converge.firstboot.Step;
import dev.converge.firstboot.Step.ContainerCommand;
import dev.converge.model.Declared;
import dev.converge.model.Ensure;
import dev.converge.model.InvalidValueException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Images, networks and volumes without Converge, by their engine's own words. */
final class EngineThings {
    private EngineThings() {}

    static List<Step> image(Declared<ImageResource> declared, Scene scene) {
        ImageResource image = declared.desired();
        String engine = ContainerFirstBoot.engine(image.engine(), scene);
        String name = image.name().reference();
        if (declared.ensure() == Ensure.ABSENT) {
            return removal(engine, "image", name);
        }
        InvalidValueException.when(
                image.source()
                        .filter(archive -> !archive.toString().startsWith("/"))
                        .isPresent(),
                "The image is an archive of the site, which would stand in the output.",
                "Put it on the machine by other means, or use a registry.");
        List<String> words = image.source()
                .map(archive -> List.of("load", "--input", archive.toString()))
                .orElse(List.of("pull", name));
        return made(engine, "image", name, words);
    }

    static List<Step> network(Declared<NetworkResource> declared, Scene scene) {
        NetworkResource network = declared.desired();
        String engine = ContainerFirstBoot.engine(network.engine(), scene);
        String name = network.name().text();
        if (declared.ensure() == Ensure.ABSENT) {
            return removal(engine, "network", name);
        }
        List<String> words = new ArrayList<>(List.of("network", "create"));
        network.driver().ifPresent(driver -> words.add("--driver=" + driver));
        network.subnet().ifPresent(subnet -> words.add("--subnet=" + subnet));
        network.gateway().ifPresent(gateway -> words.add("--gateway=" + gateway));
        network.internal().filter(on -> on).ifPresent(on -> words.add("--internal"));
        network.ipv6().filter(on -> on).ifPresent(on -> words.add("--ipv6"));
        pairs("--opt", network.options(), words);
        pairs("--label", network.labels(), words);
        words.add(name);
        return made(engine, "network", name, words);
    }

    static List<Step> volume(Declared<VolumeResource> declared, Scene scene) {
        VolumeResource volume = declared.desired();
        String engine = ContainerFirstBoot.engine(volume.engine(), scene);
        String name = volume.name().text();
        if (declared.ensure() == Ensure.ABSENT) {
            return removal(engine, "volume", name);
        }
        List<String> words = new ArrayList<>(List.of("volume", "create"));
        volume.driver().ifPresent(driver -> words.add("--driver=" + driver));
        pairs("--opt", volume.options(), words);
        pairs("--label", volume.labels(), words);
        words.add(name);
        return made(engine, "volume", name, words);
    }

    private static void pairs(String option, Optional<Map<String, String>> given, List<String> words) {
        given.ifPresent(all -> all.forEach((name, value) -> words.add(option + "=" + name + "=" + value)));
    }

    private static List<Step> made(String engine, String kind, String name, List<String> words) {
        return List.of(
                new ContainerCommand(engine, words, Guard.unless(ContainerFirstBoot.inspect(engine, kind, name))));
    }

    private static List<Step> removal(String engine, String kind, String name) {
        return List.of(new ContainerCommand(
                engine, List.of(kind, "rm", name), Guard.onlyIf(ContainerFirstBoot.inspect(engine, kind, name))));
    }
}
