package dev.converge.language;

import dev.converge.diagnostic.SourceRange;
import dev.converge.model.Declared;
import dev.converge.model.Edge;
import dev.converge.model.Reason;
import dev.converge.model.Resource;
import dev.converge.module.SiteModules;
import java.util.List;

/**
 * The places of a catalog, which do not depend on where Converge is installed, nor on where a listed module is: the same
 * site gives the same catalog on every machine.
 */
record CatalogPlaces(SiteModules modules) {
    List<Declared<?>> of(List<Declared<?>> declared) {
        return isNeeded() ? declared.stream().<Declared<?>>map(this::of).toList() : declared;
    }

    List<Edge> ofEdges(List<Edge> edges) {
        return isNeeded() ? edges.stream().map(this::of).toList() : edges;
    }

    private boolean isNeeded() {
        return modules.all().stream().anyMatch(module -> module.shown().startsWith("/"));
    }

    private <R extends Resource> Declared<?> of(Declared<R> one) {
        return new Declared<>(one.id(), one.desired(), one.ensure(), of(one.source()), one.policy());
    }

    private Edge of(Edge edge) {
        return new Edge(edge.from(), edge.to(), edge.kind(), of(edge.why()));
    }

    private Reason of(Reason why) {
        if (why instanceof Reason.Written written) {
            return new Reason.Written(written.word(), of(written.at()));
        }
        return why instanceof Reason.Containment whole
                ? new Reason.Containment(whole.composite(), whole.word(), of(whole.at()))
                : why;
    }

    private SourceRange of(SourceRange at) {
        String file = modules.inCatalog(at.file());
        return file.equals(at.file())
                ? at
                : new SourceRange(file, at.line(), at.column(), at.endLine(), at.endColumn());
    }
}
