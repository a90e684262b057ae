package dev.converge.testing;

import dev.converge.facts.Facts;
import dev.converge.testhost.TestHost;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.opentest4j.TestAbortedException;
import org.spockframework.runtime.SpecificationContext;
import org.spockframework.runtime.model.SpecMetadata;

/**
 * Tests manifests on a machine: each test begins with a fresh Debian with systemd, booted in about a second, converges it
 * twice, and looks at what it has become.
 *
 * <pre>
 * class NginxHostSpec extends ConvergeSpec {
 *     def "serves a page"() {
 *         when:
 *         converge { include(NginxSite, 'shop') { port 8080 } }
 *
 *         then:
 *         service('nginx').isRunning()
 *         port(8080).isListening()
 *         command('curl', '-s', 'http://localhost:8080/').prints('hello')
 *     }
 * }
 * </pre>
 *
 * <p>It needs root, systemd-nspawn and mmdebstrap; without them its tests are skipped, and say so. The machine has no
 * network; packages come from a list of Debian's that are at hand.
 */
// Spock's compiler says so of each spec, and has not seen this one.
@SpecMetadata(filename = "ConvergeSpec.java", line = 1)
public abstract class ConvergeSpec extends ManifestSpec {
    private TestHost host;
    private boolean used;
    private ConvergedHost converged;

    /** Debian's packages that the machine shall have at hand besides the usual ones; override it. */
    protected List<String> packagesAtHand() {
        return List.of();
    }

    /** Boots the machine that the tests of this spec share, one after the other. */
    public void setupSpec() {
        if (!TestHost.isPossible()) {
            throw new TestAbortedException("A throw-away host " + TestHost.whyNot());
        }
        host = TestHost.start(Map.of("packages", packagesAtHand()));
    }

    /** What an earlier test has made of the machine is gone. */
    public void setup() {
        ConvergeSpec shared = shared();
        if (shared.used) {
            shared.host.reset();
        }
        shared.used = true;
        converged = new ConvergedHost(shared.host);
    }

    /** Ends the machine. */
    public void cleanupSpec() {
        if (host != null) {
            host.close();
        }
    }

    private ConvergeSpec shared() {
        return (ConvergeSpec) ((SpecificationContext) getSpecificationContext()).getSharedInstance();
    }

    /** The facts of the machine. */
    @Override
    public Facts getFacts() {
        return converged.facts();
    }

    /** Facts are those of the machine. */
    @Override
    public void facts(Map<?, ?> changes, String system) {
        throw new SpecFailure("A ConvergeSpec has the facts of its machine; others belong to a ManifestSpec.");
    }

    /** Facts are those of the machine. */
    @Override
    public void facts(Map<?, ?> changes) {
        facts(changes, "");
    }

    /** Brings the machine to what the manifest between the braces says; a second run must find nothing to do. */
    public void converge(InlineManifest manifest) throws IOException {
        compile(manifest);
        converge();
    }

    /** The same with a manifest of the tested site: {@code converge 'site.groovy'}. */
    public void converge(String manifest) throws IOException {
        compile(manifest);
        converge();
    }

    private void converge() {
        getCatalog().coverAll();
        converged.converge(getCatalog());
    }

    /** What the first run has changed, as {@code type[name]}. */
    public List<String> getChanged() {
        return converged.changed();
    }

    /** What can be asked of a TCP port. */
    public PortCheck port(int number) {
        return new PortCheck(converged, number);
    }

    /** What can be asked of a unit of systemd. */
    public ServiceCheck service(String name) {
        return new ServiceCheck(converged, name);
    }

    /** What can be asked of a file, directory or link. */
    public FileCheck file(String path) {
        return new FileCheck(converged, path);
    }

    /** Runs a program on the machine, without a shell; what can be asked of how it ended. */
    public CommandCheck command(String... words) {
        return converged.run(words);
    }

    /** Prepares the machine: runs a program that must succeed; what it printed. */
    public String run(String... words) {
        return converged.must(words);
    }
}
