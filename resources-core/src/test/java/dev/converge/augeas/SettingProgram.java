package dev.converge.augeas;

import dev.converge.diagnostic.SourceRange;
import dev.converge.host.LocalHost;
import dev.converge.model.Declared;
import dev.converge.model.Ensure;
import dev.converge.model.Policy;
import dev.converge.model.ResourceId;
import dev.converge.model.Text;
import dev.converge.provider.CommandResult;
import dev.converge.provider.Host;
import dev.converge.provider.ResourceFailure;
import dev.converge.schema.Difference;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A process of its own that sets {@code key} in {@code /app.conf} below a root folder to each line of its standard input,
 * and says after each what came of it.
 */
public final class SettingProgram {
    private SettingProgram() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        Host host = new LocalHost(Path.of(args[0]), command -> new CommandResult(1, "", "", false), path -> {});
        BufferedReader values = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String value = values.readLine(); value != null; value = values.readLine()) {
            System.out.println(set(value, host));
        }
    }

    private static String set(String value, Host host) throws IOException, InterruptedException {
        SettingResource desired = new SettingResource(
                SettingName.parse("/app.conf:key"),
                Text.of(value),
                Optional.of(LensName.parse("Sysctl")),
                false,
                List.of());
        SettingProvider provider = new SettingProvider();
        Declared<SettingResource> declared = new Declared<>(
                new ResourceId("setting", desired.name().toString()),
                desired,
                Ensure.PRESENT,
                SourceRange.point("site.groovy", 1, 1),
                Policy.none());
        try {
            var change = Difference.between(new SettingType(), declared, provider.observe(desired, host));
            if (change.isPresent()) {
                provider.apply(change.get(), host);
            }
            return "done";
        } catch (ResourceFailure e) {
            return e.getMessage() + " " + e.advice().orElse("");
        }
    }
}
