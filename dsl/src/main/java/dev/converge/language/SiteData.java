package dev.converge.language;

import dev.converge.data.Data;
import dev.converge.data.Hierarchy;
import dev.converge.data.KeyRoom;
import dev.converge.data.Outside;
import dev.converge.data.ParsedDocuments;
import dev.converge.data.Reading;
import dev.converge.data.SiteBounds;
import dev.converge.diagnostic.Checked;
import dev.converge.diagnostic.Diagnostic;
import dev.converge.facts.Facts;
import dev.converge.module.SiteModule;
import dev.converge.module.SiteModules;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Finds the data of a site: the hierarchies that are asked for a host, the site's own first, then those of its modules. */
public final class SiteData {
    /** The folder of a site, or of a module, that holds its data. */
    public static final String FOLDER = "data";

    private SiteData() {}

    /** The same, from files alone. */
    public static Checked<Data> open(Site site, Facts facts, SiteInputs inputs, ParsedDocuments documents) {
        return open(site, facts, inputs, documents, Outside.NONE);
    }

    /**
     * The data of a site for a host; nothing is read yet but the hierarchies.
     *
     * @param inputs is told of what is read, whenever that is
     * @param documents parsed before, maybe for other hosts
     * @param outside programs and servers that may be asked
     */
    public static Checked<Data> open(
            Site site, Facts facts, SiteInputs inputs, ParsedDocuments documents, Outside outside) {
        SiteModules known = site.modules().value().orElse(SiteModules.NONE);
        Reading reading = new Reading(
                facts,
                documents,
                (where, text) -> inputs.data(known.input(where), text),
                outside,
                new SiteBounds(site.folders()));
        List<Hierarchy> hierarchies = new ArrayList<>();
        List<Diagnostic> problems = new ArrayList<>();
        add("site", KeyRoom.ALL, site.root().resolve(FOLDER), FOLDER, reading, hierarchies, problems);
        List<SiteModule> modules = new ArrayList<>(known.all());
        Collections.reverse(modules); // One that requires another is asked first.
        for (SiteModule module : modules) {
            Path folder = module.data();
            KeyRoom room = KeyRoom.of(module.name());
            add("module " + module.name(), room, folder, module.shown(folder), reading, hierarchies, problems);
        }
        return Checked.unlessErrors(new Data(hierarchies, reading), problems);
    }

    private static void add(
            String owner,
            KeyRoom room,
            Path folder,
            String shown,
            Reading reading,
            List<Hierarchy> hierarchies,
            List<Diagnostic> problems) {
        if (Hierarchy.isIn(folder)) {
            Checked<Hierarchy> read = Hierarchy.read(owner, folder, shown, reading);
            problems.addAll(read.diagnostics());
            read.value().map(hierarchy -> hierarchy.within(room)).ifPresent(hierarchies::add);
        }
    }
}
