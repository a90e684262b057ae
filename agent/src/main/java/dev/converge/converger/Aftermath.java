package dev.converge.converger;

import dev.converge.model.Content;
import dev.converge.model.Resource;
import dev.converge.provider.Action;
import dev.converge.provider.AttributeChange;
import dev.converge.provider.Change;
import dev.converge.provider.Host;
import dev.converge.schema.Difference;
import dev.converge.schema.TypeSchema;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Finds out by reading whether a change that has failed was made in part. */
final class Aftermath {
    private Aftermath() {}

    /** Whether something is not as it was before the change; so too when that cannot be found out. */
    static <R extends Resource> boolean mayDiffer(Kind<R> kind, Change<R> failed, Host host) {
        try {
            host.invalidateAll(); // It may have changed what this run has read before.
            Optional<R> now = kind.provider().observe(failed.desired(), host);
            Optional<Change<R>> rest = Difference.between(kind.schema(), failed.declared(), now);
            return rest.isEmpty() || !isSame(kind.schema(), failed, rest.get());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        } catch (Throwable e) {
            Failures.ofOne(e);
            return true; // The failure of the change itself is the one to report.
        }
    }

    private static <R extends Resource> boolean isSame(TypeSchema<R> schema, Change<R> failed, Change<R> rest) {
        if (failed.action() != rest.action()) {
            return false;
        }
        return failed.action() == Action.DELETE
                ? isSame(schema, failed.before().orElseThrow(), rest.before().orElseThrow())
                : isSame(failed.attributes(), rest.attributes());
    }

    private static <R extends Resource> boolean isSame(TypeSchema<R> schema, R before, R now) {
        Object[] was = schema.values(before);
        Object[] is = schema.values(now);
        for (int i = 0; i < was.length; i++) {
            if (!isSame(was[i], is[i])) {
                return false;
            }
        }
        return true;
    }

    private static boolean isSame(List<AttributeChange> before, List<AttributeChange> now) {
        if (before.size() != now.size()) {
            return false;
        }
        for (int i = 0; i < before.size(); i++) {
            AttributeChange was = before.get(i);
            AttributeChange is = now.get(i);
            if (!was.attribute().name().equals(is.attribute().name()) || !isSame(was.before(), is.before())) {
                return false;
            }
        }
        return true;
    }

    private static boolean isSame(Object before, Object now) {
        if (before instanceof Optional<?> was && now instanceof Optional<?> is) {
            return isSame(was.orElse(null), is.orElse(null));
        }
        if (Objects.equals(before, now)) {
            return true;
        }
        return before instanceof Content was
                && now instanceof Content is
                && was.size() == is.size()
                && was.digest().equals(is.digest());
    }
}
