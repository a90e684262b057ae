package dev.converge.report;

import dev.converge.facts.Facts;
import dev.converge.git.HeadFiles;
import dev.converge.git.SiteCommit;
import dev.converge.language.Site;
import dev.converge.language.SiteData;
import dev.converge.language.SiteInputs;
import dev.converge.schema.JsonText;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;

/**
 * What a catalog is made from, for those who want to know its {@link Origin}; a run in which all is in sync does not.
 *
 * @param site the folder of manifests
 * @param inputs what of the site went into the catalog
 * @param facts which remember what was read of them
 * @param exported the commit that the site was exported from; Git is asked when empty
 */
public record Ingredients(Site site, SiteInputs inputs, Facts facts, Optional<String> exported) {
    /** Folders that belong to a manifest which was named by itself; others beside it are none of its business. */
    private static final List<String> FOLDERS = List.of("files", "templates", SiteData.FOLDER);

    /** Those of a site that is where its author, or Git, has put it. */
    public Ingredients(Site site, SiteInputs inputs, Facts facts) {
        this(site, inputs, facts, Optional.empty());
    }

    /** Looks at the site as it is now, and lets Git compare it with the commit: some tenths of a second. */
    public Origin origin() {
        if (exported.isPresent()) {
            return origin(exported, Optional.of(false));
        }
        Optional<SiteCommit> commit = SiteCommit.of(site.root(), parts());
        return origin(commit.map(SiteCommit::id), commit.map(SiteCommit::modified));
    }

    /** The same without the comparison, for a run that has nothing to tell: some thousandths. */
    public Origin glance() {
        return origin(commit(), Optional.empty());
    }

    /** The commit that the site is at; some thousandths of a second. */
    public Optional<String> commit() {
        return exported.isPresent() ? exported : HeadFiles.id(site.root());
    }

    /**
     * Is another one when the site is, or a fact that was read: in no time to speak of, for every run asks. Of files that
     * are copied, only their sizes and times are looked at.
     */
    public String mark() {
        StringBuilder all = new StringBuilder(inputs.mark());
        // No lambda: the first one of a process costs more than all else here.
        for (Map.Entry<String, Object> fact : facts.read().entrySet()) {
            all.append(fact.getKey()).append('=').append(fact.getValue()).append('\n');
        }
        byte[] bytes = all.toString().getBytes(StandardCharsets.UTF_8);
        CRC32C sum = new CRC32C();
        sum.update(bytes);
        CRC32 other = new CRC32();
        other.update(bytes);
        return Long.toHexString(sum.getValue()) + "-" + Long.toHexString(other.getValue());
    }

    private Origin origin(Optional<String> commit, Optional<Boolean> modified) {
        return new Origin(commit, modified, inputs.digest(), digest(facts.read()), inputs.dataDigest());
    }

    private List<String> parts() {
        if (!site.alone()) {
            return List.of();
        }
        List<String> parts = new ArrayList<>(FOLDERS);
        parts.add(site.manifest().toString());
        return parts;
    }

    private static String digest(Map<String, Object> facts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            JsonText.write(facts, new DigestOutputStream(OutputStream.nullOutputStream(), digest));
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
