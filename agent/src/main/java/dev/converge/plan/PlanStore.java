package dev.converge.plan;

import dev.converge.diagnostic.Checked;
import dev.converge.diagnostic.Code;
import dev.converge.diagnostic.Diagnostic;
import dev.converge.filesystem.NamedFile;
import dev.converge.model.Catalog;
import dev.converge.report.IoReason;
import dev.converge.report.Report;
import dev.converge.schema.JsonText;
import dev.converge.schema.TypeRegistry;
import dev.converge.state.HostKey;
import dev.converge.state.StateDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Writes plans, and reads them again on the host that made them. */
public final class PlanStore {
    private static final String NAME_IT = "Name the file that --save-plan wrote.";
    private static final String AGAIN = "Make a new plan: converge --dry-run --save-plan FILE SITE";

    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    private final StateDirectory state;
    private final TypeRegistry types;

    /** @param state holds the key that plans of this host are sealed with */
    public PlanStore(StateDirectory state, TypeRegistry types) {
        this.state = state;
        this.types = types;
    }

    /**
     * Writes what a dry run foresaw; its owner alone may read it, since differences of files are in it.
     *
     * @param file one that has no {@link NamedFile#obstacle}
     * @return how many resources the plan changes or refreshes
     */
    public int save(Path file, Basis basis, Catalog catalog, Report dryRun) throws IOException {
        PlanKey key = PlanKey.fresh(HostKey.of(state));
        Fingerprint prints = key.fingerprint(types);
        Forecast forecast = Forecast.of(dryRun, catalog, types, prints);
        Map<String, Object> tree = new PlanDocument(basis, prints.catalog(catalog), forecast).tree(key);
        NamedFile.replace(file, OWNER_ONLY, out -> JsonText.write(tree, out));
        return forecast.changes().size();
    }

    /**
     * Reads a plan of this host.
     *
     * @param host the name of this host
     */
    public Checked<ReviewedPlan> open(Path file, String host) {
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            String what = Files.isDirectory(file) ? "a folder" : "a pipe, a socket or a device";
            return refused(file + " is " + what + ", and a plan is a file.", NAME_IT);
        }
        try {
            return open(file, host, mapper().readValue(Files.readAllBytes(file), Map.class));
        } catch (NoSuchFileException e) {
            return refused(file + " does not exist.", NAME_IT);
        } catch (IOException e) {
            return refused(IoReason.of(e).sentence(), NAME_IT);
        } catch (JacksonException e) {
            return refused(file + " is not a plan: it is not a JSON object.", AGAIN);
        }
    }

    private Checked<ReviewedPlan> open(Path file, String host, /* null: the JSON says so */ Map<?, ?> document)
            throws IOException {
        Map<String, Object> tree = document == null ? Map.of() : PlanDocument.plain(document);
        String schema = text(tree, "schema");
        if (!schema.equals(PlanDocument.SCHEMA)) {
            return schema.startsWith(PlanDocument.SCHEMA_NAME)
                    ? refused(
                            file + " has the form " + schema + ", and this Converge reads " + PlanDocument.SCHEMA + ".",
                            "Apply it with the version of Converge that made it, or make a new plan with this one.")
                    : refused(file + " is not a plan: its schema is not " + PlanDocument.SCHEMA + ".", AGAIN);
        }
        if (!text(tree, "host").equals(host)) {
            return refused(
                    "It was made on " + text(tree, "host") + ", and this is " + host + ".",
                    "Apply it there, or make a plan of this host.");
        }
        Map<?, ?> named = tree.get("key") instanceof Map<?, ?> found ? found : Map.of();
        Optional<HostKey> key = HostKey.find(state).filter(own -> own.id().equals(text(named, "id")));
        if (key.isEmpty()) {
            return refused(
                    "It was sealed with another key than the one in " + state.path() + ".",
                    "Name the state directory that it was made with by --state-dir, or make a new plan.");
        }
        PlanKey ours = new PlanKey(key.get(), text(named, "salt"));
        if (!ours.hasSealed(tree)) {
            return refused(file + " was altered after it was made: its seal is broken.", AGAIN);
        }
        return Checked.of(new ReviewedPlan(PlanDocument.of(tree), ours.fingerprint(types), types));
    }

    private static JsonMapper mapper() {
        return JsonMapper.builder()
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .build();
    }

    private static String text(Map<?, ?> tree, String name) {
        return tree.get(name) instanceof String text ? text : "";
    }

    private static Checked<ReviewedPlan> refused(String why, String advice) {
        return Checked.failed(Diagnostic.error(Code.PLAN, "Plan refused", why).suggest(advice));
    }
}
