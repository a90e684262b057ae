package dev.converge.source;

import dev.converge.diagnostic.Code;
import dev.converge.diagnostic.Diagnostic;
import dev.converge.provider.ResourceFailure;
import dev.converge.signature.SignedObject;
import dev.converge.signature.Signers;
import dev.converge.signature.Verdict;
import java.util.Optional;

/** Whether a commit may be used: it, or the annotated tag that leads to it, is signed by one of those who may. */
final class Trust {
    private static final int SHOWN_DIGITS = 12;

    private final SourceSettings settings;
    private final Signers signers;

    Trust(SourceSettings settings) {
        this.settings = settings;
        this.signers = settings.signers();
    }

    /**
     * What looking at it came to.
     *
     * @param signer empty when signatures are not asked for
     * @param problem why it must not be used; empty when it may
     */
    record Judgement(Optional<String> signer, Optional<Diagnostic> problem) {}

    /**
     * Looks at a commit.
     *
     * @param commitObject as Git keeps it
     * @param tagObject the same
     */
    Judgement of(String commit, byte[] commitObject, Optional<byte[]> tagObject) {
        if (!signers.areAsked()) {
            return new Judgement(Optional.empty(), Optional.empty());
        }
        SignedObject signed = SignedObject.commit(commitObject);
        try {
            Verdict verdict = tagObject
                    .map(SignedObject::tag)
                    .filter(tag -> leadsTo(tag, commit))
                    .map(signers::verify)
                    .filter(Verdict.Trusted.class::isInstance)
                    .orElseGet(() -> signers.verify(signed));
            if (verdict instanceof Verdict.Trusted trusted) {
                return new Judgement(Optional.of(trusted.signer()), Optional.empty());
            }
            Verdict.Untrusted not = (Verdict.Untrusted) verdict;
            String tag = tagObject.isPresent() ? ", and neither is the tag signed by one who may" : "";
            return refused(commit, signed, ": " + not.found() + tag + ".", not.advice());
        } catch (ResourceFailure e) {
            return refused(
                    commit,
                    signed,
                    ", since who may sign is not known. " + e.getMessage(),
                    e.advice().orElse(""));
        }
    }

    /** A tag's signature says nothing of another name under which a server shows it. */
    private boolean leadsTo(SignedObject tag, String commit) {
        String name = settings.ref().replaceFirst("^refs/tags/", "");
        return tag.header("object").filter(commit::equals).isPresent()
                && tag.header("tag").filter(name::equals).isPresent();
    }

    private Judgement refused(String commit, SignedObject signed, String why, String advice) {
        Diagnostic problem = Diagnostic.error(
                        Code.UNTRUSTED,
                        "Commit not trusted",
                        "Commit " + commit.substring(0, SHOWN_DIGITS) + " by " + signed.author() + ", at "
                                + settings.ref() + " of " + settings.url() + ", is not used" + why)
                .suggest(advice);
        return new Judgement(Optional.empty(), Optional.of(problem));
    }
}
