package dev.converge.install;

import dev.converge.module.ModuleName;
import dev.converge.provider.ResourceFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The beginning of a module: small, complete, and with a test that passes. */
public final class NewModule {
    private static final String DESCRIPTION = """
            name: NAME
            version: 0.1.0
            summary: What it is for, in one line
            requires: {}
            systems: []
            converge: '>=0.1'
            """;
    private static final String COMPOSITE = """
            /** A text file. Replace it with what your module is for. */
            class CLASS extends Composite {
                /** Where the file is. */
                String path = '/etc/NAME.conf'

                /** The port that it names. */
                int port = 8080

                void declare() {
                    file(path) {
                        content template('NAME/NAME.conf', port: port)
                        mode '0644'
                    }
                }
            }
            """;
    private static final String TEMPLATE = """
            port = $port
            """;
    private static final String TEST = """
            import dev.converge.testing.ManifestSpec

            class CLASSSpec extends ManifestSpec {
                def "the file names the port on #system"() {
                    given:
                    facts system

                    when:
                    compile { include(CLASS, 'main') { port 9090 } }

                    then:
                    contains file('/etc/NAME.conf') {
                        content 'port = 9090\\n'
                        mode '0644'
                    }
                    containsNothingElse()

                    where:
                    system << systems()
                }
            }
            """;
    private static final String README = """
            # NAME

            What it is for.

            ```groovy
            include(CLASS, 'main') {
                port 9090
            }
            ```

            <!-- parameters -->
            <!-- /parameters -->
            """;

    private final Path folder;

    /** @param folder the one to make; its name is the module's */
    public NewModule(Path folder) {
        this.folder = folder;
    }

    /**
     * Makes it, and says what to do next.
     *
     * @throws ResourceFailure when something is there already
     */
    public String make() throws IOException {
        String name = ModuleName.parse(String.valueOf(folder.getFileName()));
        if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            throw new ResourceFailure(folder + " is there already.", "Give the module another name.");
        }
        String type = ModuleName.className(name);
        Map<String, String> files = new LinkedHashMap<>();
        files.put("module.yaml", DESCRIPTION);
        files.put("src/" + type + ".groovy", COMPOSITE);
        files.put("templates/" + name + ".conf", TEMPLATE);
        files.put("test/" + type + "Spec.groovy", TEST);
        files.put("README.md", README);
        StringBuilder said = new StringBuilder("Made " + folder + " with\n");
        for (Map.Entry<String, String> file : files.entrySet()) {
            Path path = folder.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue().replace("NAME", name).replace("CLASS", type));
            said.append("  ").append(file.getKey()).append('\n');
        }
        return said.append("Try it: converge module test ")
                .append(folder)
                .append('\n')
                .toString();
    }
}
