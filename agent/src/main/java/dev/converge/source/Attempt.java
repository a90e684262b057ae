package dev.converge.source;

import dev.converge.diagnostic.Code;
import dev.converge.diagnostic.Diagnostic;
import dev.converge.git.Conversations;
import dev.converge.git.RefTip;
import dev.converge.git.Room;
import dev.converge.git.SiteExport;
import dev.converge.git.SiteMirror;
import dev.converge.git.SiteTree;
import dev.converge.git.Submodules;
import dev.converge.git.TreeCheck;
import dev.converge.provider.ResourceFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** One go at getting the newest commit: asked for, fetched, verified, written out. */
final class Attempt {
    private final SourceSettings settings;
    private final SourceFolder folder;
    private final SourceFolder.Work work;
    private final Conversations conversations;
    private final Trust trust;

    Attempt(SourceSettings settings, SourceFolder folder, Conversations conversations) {
        this.settings = settings;
        this.folder = folder;
        this.work = folder.work();
        this.conversations = conversations;
        this.trust = new Trust(settings);
    }

    /** @param kept what to write down when the commit turns out to be good */
    record Result(Fetched fetched, Optional<KeptSite> kept) {
        static Result refused(String commit, Diagnostic problem) {
            return new Result(new Fetched.Refused(commit, problem), Optional.empty());
        }
    }

    Result make() throws IOException {
        Optional<KeptSite> good = folder.read().filter(one -> one.origin().equals(KeptSite.origin(settings)));
        try (SiteMirror mirror = SiteMirror.open(work.mirror(), settings.url())) {
            RefTip tip = mirror.resolve(settings.ref(), conversations);
            if (good.isPresent() && good.get().commit().equals(tip.commit())) {
                Optional<Result> same = same(good.get());
                if (same.isPresent()) {
                    return same.get();
                }
            }
            return bring(mirror, tip, good);
        }
    }

    /** Empty when its files, or what was signed, are not what they were. */
    private Optional<Result> same(KeptSite good) throws IOException {
        Trust.Judgement judgement = trust.of(good.commit(), good.commitObject(), good.tagObject());
        boolean asBefore = judgement.problem().isEmpty() && TreeCheck.isWhole(folder.site(good.commit()), good.tree());
        return asBefore
                ? Optional.of(new Result(
                        new Fetched.Same(good.copy(folder.site(good.commit()), judgement)), Optional.of(good)))
                : Optional.empty();
    }

    private Result bring(SiteMirror mirror, RefTip wanted, Optional<KeptSite> good) throws IOException {
        Optional<String> before = settings.allowRewind() ? Optional.empty() : good.map(KeptSite::commit);
        RefTip tip = mirror.fetch(wanted, before, conversations);
        byte[] commit = mirror.raw(tip.commit());
        Optional<byte[]> tag =
                tip.tag().isPresent() ? Optional.of(mirror.raw(tip.tag().get())) : Optional.empty();
        Trust.Judgement judgement = trust.of(tip.commit(), commit, tag);
        if (judgement.problem().isPresent()) {
            return Result.refused(tip.commit(), judgement.problem().get());
        }
        if (before.isPresent() && !mirror.descends(tip.commit(), before.get())) {
            return Result.refused(tip.commit(), rewound(tip.commit(), before.get()));
        }
        try {
            SiteTree tree = export(mirror, tip, good);
            KeptSite kept = new KeptSite(
                    KeptSite.origin(settings),
                    tip.commit(),
                    Instant.now().truncatedTo(ChronoUnit.SECONDS),
                    commit,
                    tag,
                    tree);
            SiteCopy copy = kept.copy(folder.site(kept.commit()), judgement);
            boolean same = good.filter(one -> one.commit().equals(tip.commit())).isPresent();
            return new Result(same ? new Fetched.Same(copy) : new Fetched.Newest(copy), Optional.of(kept));
        } catch (ResourceFailure e) {
            if (conversations.haveFailed()) {
                throw e;
            }
            return Result.refused(tip.commit(), unusable(tip.commit(), e));
        }
    }

    /** Once more from the server, when what is here is damaged. */
    private SiteTree export(SiteMirror mirror, RefTip tip, Optional<KeptSite> good) throws IOException {
        try {
            return write(mirror, tip.commit(), good);
        } catch (IOException e) {
            mirror.discard();
            mirror.fetch(tip, Optional.empty(), conversations);
            return write(mirror, tip.commit(), good);
        }
    }

    private SiteTree write(SiteMirror mirror, String commit, Optional<KeptSite> good) throws IOException {
        Optional<Path> earlier = good.map(one -> folder.site(one.commit()));
        Room room = settings.room();
        Optional<Submodules> submodules = settings.submodules()
                ? Optional.of(new Submodules(work.submodules(), conversations, earlier, room))
                : Optional.empty();
        SiteTree tree = new SiteExport(mirror, settings.path(), submodules, room).write(commit, work.draft(), earlier);
        folder.place(work.draft(), commit);
        return tree;
    }

    private Diagnostic rewound(String commit, String before) {
        return Diagnostic.error(
                        Code.UNTRUSTED,
                        "History rewritten",
                        settings.ref() + " of " + settings.url() + " is at " + commit
                                + ", which does not come after " + before
                                + ", the commit in force: it was rewound, or replaced by a forced push.")
                .suggest("Find out who did. If it is right, set " + settings.key("allowRewind")
                        + " to true; else push a" + " commit that comes after the one in force, such as a revert.");
    }

    private Diagnostic unusable(String commit, ResourceFailure why) {
        return Diagnostic.error(
                        Code.SOURCE,
                        "Commit not usable",
                        "Commit " + commit + ", at " + settings.ref() + " of " + settings.url() + ", is not used. "
                                + why.getMessage())
                .suggest(why.advice());
    }
}
