package dev.converge.signature;

import dev.converge.provider.ResourceFailure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.bcpg.HashAlgorithmTags;
import org.bouncycastle.bcpg.sig.KeyFlags;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPPublicKeyRing;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureList;
import org.bouncycastle.openpgp.PGPUtil;
import org.bouncycastle.openpgp.bc.BcPGPObjectFactory;
import org.bouncycastle.openpgp.operator.bc.BcPGPContentVerifierBuilderProvider;

/** A signature that GnuPG or another OpenPGP program has made; RFC 9580. Only this class loads the library for it. */
final class OpenPgpSignature {
    private static final Set<Integer> DIGESTS = Set.of(
            HashAlgorithmTags.SHA256, HashAlgorithmTags.SHA384, HashAlgorithmTags.SHA512, HashAlgorithmTags.SHA224);
    private static final String BLOCK = "(?=-----BEGIN PGP PUBLIC KEY BLOCK-----)";

    /** A key that may have signed, and the one whose owner it belongs to. */
    private record Known(PGPPublicKey key, PGPPublicKey primary) {}

    private OpenPgpSignature() {}

    static Verdict verify(SignedObject object, Path file, byte[] keys) {
        List<PGPPublicKeyRing> rings = rings(file, keys);
        try {
            PGPSignature signature = parse(object.signature().orElseThrow());
            Optional<Known> known = find(rings, signature.getKeyID());
            if (known.isEmpty()) {
                return new Verdict.Untrusted(
                        "it is signed by the OpenPGP key "
                                + Long.toHexString(signature.getKeyID()).toUpperCase(Locale.ROOT) + ", which " + file
                                + " does not have",
                        "Sign it with a key that is there, or add this one if it is of somebody who may.");
            }
            return verify(object, signature, known.get(), file);
        } catch (IOException | PGPException | RuntimeException e) {
            return broken("cannot be read: " + e.getMessage());
        }
    }

    private static Verdict verify(SignedObject object, PGPSignature signature, Known known, Path file)
            throws PGPException {
        if (signature.getSignatureType() != PGPSignature.BINARY_DOCUMENT
                || !DIGESTS.contains(signature.getHashAlgorithm())) {
            return broken("is of a kind, or has a digest, that is not accepted");
        }
        signature.init(new BcPGPContentVerifierBuilderProvider(), known.key);
        signature.update(object.bytes());
        if (!signature.verify()) {
            return broken("does not belong to what it says");
        }
        String who = owner(known.primary) + " ("
                + HexFormat.of().withUpperCase().formatHex(known.key.getFingerprint()) + ")";
        String objection = objection(signature, known);
        return objection.isEmpty()
                ? new Verdict.Trusted(who)
                : new Verdict.Untrusted(
                        "it is signed by the OpenPGP key of " + who + ", which " + objection,
                        "Sign it with a key that is valid in " + file
                                + "; if this one was renewed, export it there anew.");
    }

    private static String objection(PGPSignature signature, Known known) {
        Instant signed = signature.getCreationTime().toInstant();
        if (known.key.hasRevocation() || known.primary.hasRevocation()) {
            return "is revoked";
        }
        if (expired(known.key, signed) || expired(known.primary, signed)) {
            return "had expired when it signed";
        }
        if (!maySign(known)) {
            return "is not one for signatures";
        }
        long seconds = signature.getHashedSubPackets().getSignatureExpirationTime();
        boolean over = seconds > 0 && signed.plusSeconds(seconds).isBefore(Instant.now());
        return over ? "signed for a time that is over" : "";
    }

    private static boolean expired(PGPPublicKey key, Instant when) {
        Date created = key.getCreationTime();
        long seconds = key.getValidSeconds();
        return when.isBefore(created.toInstant())
                || (seconds > 0 && created.toInstant().plusSeconds(seconds).isBefore(when));
    }

    /** Whether the key's owner has made it for signatures. */
    private static boolean maySign(Known known) {
        boolean flagged = false;
        for (Iterator<PGPSignature> all = known.key.getSignatures(); all.hasNext(); ) {
            PGPSignature own = all.next();
            if (own.getKeyID() == known.primary.getKeyID()
                    && own.getHashedSubPackets() != null
                    && own.getHashedSubPackets().getKeyFlags() != 0) {
                flagged = true;
                if ((own.getHashedSubPackets().getKeyFlags() & KeyFlags.SIGN_DATA) != 0) {
                    return true;
                }
            }
        }
        return !flagged && known.key.isMasterKey();
    }

    private static String owner(PGPPublicKey primary) {
        Iterator<String> names = primary.getUserIDs();
        return names.hasNext() ? names.next().replaceAll("\\p{Cntrl}", "?") : "somebody unnamed";
    }

    private static PGPSignature parse(String armored) throws IOException, PGPException {
        byte[] bytes = armored.getBytes(StandardCharsets.ISO_8859_1);
        try (InputStream in = PGPUtil.getDecoderStream(new ByteArrayInputStream(bytes))) {
            Object first = new BcPGPObjectFactory(in).nextObject();
            if (first instanceof PGPSignatureList list && list.size() == 1) {
                return list.get(0);
            }
            throw new PGPException("it is not one signature");
        }
    }

    private static Optional<Known> find(List<PGPPublicKeyRing> rings, long id) {
        for (PGPPublicKeyRing ring : rings) {
            PGPPublicKey key = ring.getPublicKey(id);
            if (key != null) {
                return Optional.of(new Known(key, ring.getPublicKey()));
            }
        }
        return Optional.empty();
    }

    private static List<PGPPublicKeyRing> rings(Path file, byte[] keys) {
        List<PGPPublicKeyRing> rings = new ArrayList<>();
        try {
            for (String block : new String(keys, StandardCharsets.ISO_8859_1).split(BLOCK)) {
                byte[] bytes = block.getBytes(StandardCharsets.ISO_8859_1);
                try (InputStream in = PGPUtil.getDecoderStream(new ByteArrayInputStream(bytes))) {
                    for (Object object : new BcPGPObjectFactory(in)) {
                        if (object instanceof PGPPublicKeyRing ring) {
                            rings.add(ring);
                        }
                    }
                }
            }
        } catch (IOException | RuntimeException e) {
            throw new ResourceFailure(
                    "The OpenPGP keys in " + file + " cannot be read: " + e.getMessage() + ".",
                    "Write them anew: gpg --armor --export KEY… > " + file);
        }
        return rings;
    }

    private static Verdict broken(String how) {
        return new Verdict.Untrusted(
                "its OpenPGP signature " + how,
                "Find out who changed it; sign it anew with git commit --amend --no-edit -S only if it is right.");
    }
}
