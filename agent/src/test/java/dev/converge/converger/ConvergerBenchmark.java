package dev.converge.converger;

import dev.converge.diagnostic.SourceRange;
import dev.converge.model.Catalog;
import dev.converge.model.Declared;
import dev.converge.model.Edge;
import dev.converge.model.Ensure;
import dev.converge.model.Policy;
import dev.converge.model.Reason;
import dev.converge.model.ResourceId;
import dev.converge.notice.NoticeResource;
import dev.converge.provider.Backups;
import dev.converge.provider.Commands;
import dev.converge.provider.Host;
import dev.converge.report.Report;
import dev.converge.report.Run;
import dev.converge.schema.TypeRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a walk costs beside its providers: notices, which do nothing, independent or each after the one before. Arguments:
 * how many resources, jobs, {@code chain} or {@code flat}. Start it in a fresh JVM with the launcher's flags; the first
 * round is what a run of the command line pays, the later ones show what the JVM makes of it.
 */
public final class ConvergerBenchmark {
    private static final int ROUNDS = 5;

    private ConvergerBenchmark() {}

    public static void main(String[] args) {
        int size = Integer.parseInt(args[0]);
        int jobs = Integer.parseInt(args[1]);
        Catalog catalog = catalog(size, args[2].equals("chain"));
        TypeRegistry types = TypeRegistry.of(ConvergerBenchmark.class.getClassLoader());
        for (int round = 1; round <= ROUNDS; round++) {
            long start = System.nanoTime();
            Report report = new Converger(types, new NoHost(), Applier.live(), RunOptions.jobs(jobs))
                    .converge(Run.begin("bench"), catalog, RunListener.silent());
            long micros = (System.nanoTime() - start) / 1000;
            System.out.println("round " + round + ": " + micros / 1000.0 + " ms, "
                    + micros * 1000 / size + " ns per resource, in sync "
                    + report.counts().inSync());
        }
    }

    private static Catalog catalog(int size, boolean chain) {
        List<Declared<?>> declared = new ArrayList<>();
        List<Edge> edges = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            ResourceId id = new ResourceId("notice", "n" + i);
            if (chain && i > 0) {
                ResourceId before = declared.get(i - 1).id();
                edges.add(new Edge(before, id, Edge.Kind.ORDER, new Reason.Automatic("path")));
            }
            declared.add(new Declared<>(
                    id,
                    new NoticeResource(id.name(), Optional.empty()),
                    Ensure.PRESENT,
                    SourceRange.point("site.groovy", i + 1, 1),
                    Policy.none()));
        }
        return Catalog.of(declared, List.of(), edges, List.of()).value().orElseThrow();
    }

    private static final class NoHost implements Host {
        @Override
        public Path root() {
            return Path.of("/");
        }

        @Override
        public Commands commands() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Backups backups() {
            throw new UnsupportedOperationException();
        }

        @Override
        public <T> T database(Class<T> type, DatabaseReader<T> reader) throws IOException, InterruptedException {
            return reader.read(this);
        }

        @Override
        public void invalidate(Class<?> database) {}

        @Override
        public void invalidateAll() {}
    }
}
