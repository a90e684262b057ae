package dev.converge.augeas;

import com.sun.management.OperatingSystemMXBean;
import dev.converge.diagnostic.SourceRange;
import dev.converge.host.LocalHost;
import dev.converge.model.Declared;
import dev.converge.model.Ensure;
import dev.converge.model.Policy;
import dev.converge.model.ResourceId;
import dev.converge.model.Text;
import dev.converge.provider.Change;
import dev.converge.provider.CommandResult;
import dev.converge.provider.Host;
import dev.converge.schema.Difference;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What settings cost: the first one of a run, and a hundred in one file and in a hundred files, each changed and then in
 * sync. Arguments: the file to start from, such as {@code /etc/ssh/sshd_config}, and the name of its lens. Start it in a
 * fresh JVM; the first round is what a run of the command line pays.
 */
public final class AugeasBenchmark {
    private static final int SETTINGS = 100;
    private static final int ROUNDS = 5;
    private static final OperatingSystemMXBean CPU =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private final SettingProvider provider = new SettingProvider();
    private final SettingType type = new SettingType();
    private final LensName lens;

    private AugeasBenchmark(LensName lens) {
        this.lens = lens;
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        Path root = Files.createTempDirectory("converge-augeas");
        AugeasBenchmark benchmark = new AugeasBenchmark(LensName.parse(args[1]));
        for (int round = 1; round <= ROUNDS; round++) {
            for (int i = 0; i <= SETTINGS; i++) {
                Files.write(root.resolve("file" + i), Files.readAllBytes(Path.of(args[0])));
            }
            Host host = hostAt(root);
            StringBuilder line = new StringBuilder("round " + round + ", CPU ms:");
            List<SettingResource> first = benchmark.settings(1, false, round);
            line.append(" first ").append(benchmark.millis(host, first));
            line.append(", one file: changed ")
                    .append(benchmark.millis(host, benchmark.settings(SETTINGS, false, round)));
            line.append(", in sync ")
                    .append(benchmark.millis(hostAt(root), benchmark.settings(SETTINGS, false, round)));
            line.append(", hundred files: changed ")
                    .append(benchmark.millis(host, benchmark.settings(SETTINGS, true, round)));
            line.append(", in sync ").append(benchmark.millis(hostAt(root), benchmark.settings(SETTINGS, true, round)));
            System.out.println(line);
        }
        for (int i = 0; i <= SETTINGS; i++) {
            Files.delete(root.resolve("file" + i));
        }
        Files.delete(root);
    }

    private static Host hostAt(Path root) {
        return new LocalHost(root, command -> new CommandResult(1, "", "", false), path -> {});
    }

    private List<SettingResource> settings(int count, boolean files, int round) {
        List<SettingResource> settings = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            SettingName name = SettingName.parse("/file" + (files ? i + 1 : 0) + ":Setting" + i);
            settings.add(new SettingResource(name, Text.of("value" + round), Optional.of(lens), false, List.of()));
        }
        return settings;
    }

    /** Observes each, and changes what differs, as a run does; processor time, which a busy machine does not stretch. */
    private double millis(Host host, List<SettingResource> settings) throws IOException, InterruptedException {
        long start = CPU.getProcessCpuTime();
        for (SettingResource desired : settings) {
            Declared<SettingResource> declared = new Declared<>(
                    new ResourceId("setting", desired.name().toString()),
                    desired,
                    Ensure.PRESENT,
                    SourceRange.point("bench.groovy", 1, 1),
                    Policy.none());
            Optional<Change<SettingResource>> change =
                    Difference.between(type, declared, provider.observe(desired, host));
            if (change.isPresent()) {
                provider.check(change.get(), host);
                provider.apply(change.get(), host);
            }
        }
        return Math.round((CPU.getProcessCpuTime() - start) / 1e5) / 10.0;
    }
}
