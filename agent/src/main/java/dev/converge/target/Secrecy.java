package dev.converge.target;

import dev.converge.diagnostic.Code;
import dev.converge.diagnostic.Diagnostic;
import dev.converge.firstboot.Step;
import dev.converge.model.Sensitive;
import dev.converge.target.FirstBootPlan.Part;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds what nobody may see in steps, whatever they are made of. */
public final class Secrecy {
    private Secrecy() {}

    /** Whether a secret stands in it. */
    public static boolean isSensitive(Part part) {
        return Stream.concat(part.steps().stream(), part.refresh().stream()).anyMatch(Secrecy::isSensitive);
    }

    /** Whether a secret stands in it. */
    public static boolean isSensitive(Step step) {
        return holdsSecret(step);
    }

    /** Why a part must not be rendered as it is; empty when it may. */
    public static Optional<Diagnostic> refusal(Part part, RenderOptions options) {
        if (options.allowSecrets() || !isSensitive(part)) {
            return Optional.empty();
        }
        return Optional.of(Diagnostic.error(
                        Code.TARGET,
                        "Secret in the output",
                        part.declared().id() + " holds a secret, and whoever can read the output would know it.")
                .at(part.declared().source())
                .suggest("Let Converge itself decrypt it on the host (converge render cloud-init --bootstrap), or add"
                        + " --allow-secrets."));
    }

    private static boolean holdsSecret(Object value) {
        if (value instanceof Sensitive sensitive) {
            return sensitive.isSensitive();
        }
        if (value instanceof Optional<?> maybe) {
            return maybe.filter(Secrecy::holdsSecret).isPresent();
        }
        if (value instanceof Collection<?> all) {
            return all.stream().anyMatch(Secrecy::holdsSecret);
        }
        if (value instanceof Map<?, ?> map) {
            return map.values().stream().anyMatch(Secrecy::holdsSecret);
        }
        return value instanceof Record record
                && Stream.of(record.getClass().getRecordComponents()).anyMatch(part -> holdsSecret(get(record, part)));
    }

    private static Object get(Record record, RecordComponent component) {
        try {
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
