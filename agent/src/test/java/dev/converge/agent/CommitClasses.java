package dev.converge.agent;

import dev.converge.data.Outside;
import dev.converge.host.LocalCommands;
import dev.converge.schema.TypeRegistry;
import dev.converge.source.SiteCopy;
import dev.converge.state.StateDirectory;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/** Goes through commits as an agent does, and prints every ten how many classes are loaded. */
public final class CommitClasses {
    private static final int EVERY = 10;
    private static final int RUNS = 3;

    private final Path folder;
    private final Machine machine;

    private CommitClasses(Path folder) {
        this.folder = folder;
        Path root = Path.of("/");
        this.machine = new Machine(
                root,
                TypeRegistry.of(CommitClasses.class.getClassLoader()),
                new LocalCommands(root),
                Outside.NONE,
                new StateDirectory(folder.resolve("state")));
    }

    /** @param args an empty folder, and how many commits */
    public static void main(String[] args) throws IOException {
        CommitClasses all = new CommitClasses(Path.of(args[0]));
        int commits = Integer.parseInt(args[1]);
        for (int number = 1; number <= commits; number++) {
            LoadedCommit commit =
                    LoadedCommit.open(all.commit(number), all.machine).value().orElseThrow();
            for (int run = 0; run < RUNS; run++) {
                if (!commit.compile().catalog().isOk()) {
                    throw new IllegalStateException("commit " + number + " does not compile");
                }
            }
            if (number % EVERY == 0) {
                System.gc();
                System.gc();
                System.out.println(ManagementFactory.getClassLoadingMXBean().getLoadedClassCount());
            }
        }
    }

    private SiteCopy commit(int number) throws IOException {
        Path site = folder.resolve("commit-" + number);
        Files.createDirectories(site.resolve("templates"));
        Files.writeString(site.resolve("templates/t"), "commit " + number + ", ${n}");
        Files.writeString(site.resolve("site.groovy"), """
                class Part extends Composite {
                    int port = %d
                    void declare() { file('/tmp/part') { content "port $port" } }
                }
                include(Part) {}
                (1..20).each { x -> file("/tmp/$x") { content template('t', n: x) } }
                """.formatted(number));
        return new SiteCopy("c" + number, site, Optional.empty(), Instant.now());
    }
}
