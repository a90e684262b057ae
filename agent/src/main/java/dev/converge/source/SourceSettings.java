package dev.converge.source;

import dev.converge.diagnostic.Code;
import dev.converge.diagnostic.Diagnostic;
import dev.converge.git.GitAddress;
import dev.converge.git.Room;
import dev.converge.signature.Signers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Where the agent gets its site from: what {@code source} in {@code agent.yaml} says.
 *
 * @param url the repository: {@code https://}, {@code ssh://user@server/path}, {@code user@server:path}, {@code file:///},
 *     or a path
 * @param ref a branch, an annotated tag, a tag or all 40 digits of a commit; a branch comes before a tag of the same name,
 *     and either can be named in full, as in {@code refs/tags/v1}; {@code main} when left out; {@code HEAD} is the repository's own choice
 * @param path the site's folder in the repository; empty for all of it. Only what is in it is written to the disk
 * @param allowedSigners SSH keys whose signatures count, in the form of ssh-keygen(1), ALLOWED SIGNERS, as Git uses them
 *     with {@code gpg.ssh.allowedSignersFile}; when neither this nor {@code pgpKeys} is given, signatures are not asked for
 * @param pgpKeys OpenPGP public keys whose signatures count, as {@code gpg --export} writes them, armored or not
 * @param sshKey a private key without a passphrase, for a repository reached by SSH
 * @param knownHosts the keys of SSH servers; {@code /etc/ssh/ssh_known_hosts} when left out. No other server is spoken to
 * @param username for a server that asks for one; {@code git} when left out
 * @param passwordFile the password or token for it; white space at its end does not count
 * @param caFile certificates in PEM of who may vouch for an HTTPS server, instead of those that the Java platform trusts
 * @param allowRewind whether the branch may go back, or be replaced by a history that does not have the last good commit
 * @param submodules whether other repositories in it are fetched, each at the commit that the site names
 * @param timeLimit how long a fetch may take in all; five minutes when left out
 * @param sizeLimit how many bytes a fetch may bring, and how many the files of a commit may have
 * @param hasFile whether they stand in a file, and not on a command line
 */
public record SourceSettings(
        GitAddress url,
        String ref,
        String path,
        Optional<Path> allowedSigners,
        Optional<Path> pgpKeys,
        Optional<Path> sshKey,
        Optional<Path> knownHosts,
        Optional<String> username,
        Optional<Path> passwordFile,
        Optional<Path> caFile,
        boolean allowRewind,
        boolean submodules,
        Duration timeLimit,
        long sizeLimit,
        boolean hasFile) {
    /** How many bytes when nobody says: far more than a site needs, and less than a disk has. */
    public static final long USUAL_SIZE = 1L << 30;

    public static final String USUAL_REF = "main";
    public static final Duration USUAL_TIME = Duration.ofMinutes(5);

    /** A repository that anybody may read, as it is when a command line says nothing else. */
    public static SourceSettings plain(GitAddress url, String ref) {
        return new SourceSettings(
                url,
                ref,
                "",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                false,
                USUAL_TIME,
                USUAL_SIZE,
                false);
    }

    /** What is worth a warning. */
    public List<Diagnostic> doubts() {
        return url.isOpen() && !signers().areAsked()
                ? List.of(Diagnostic.warning(
                                Code.SOURCE,
                                "Nobody vouches for the site",
                                "Whoever is on the way to " + url + " can say what this host does: the connection is"
                                        + " not protected, and no signature is asked for.")
                        .suggest("Follow it by https:// or ssh://, or set source.allowedSigners."))
                : List.of();
    }

    /** How a message names one of them, such as {@code source.sizeLimit}, so that whoever reads it finds where it belongs. */
    String key(String name) {
        return "source." + name + (hasFile ? "" : " in a file for converge serve --agent-file FILE");
    }

    /** For the files of one commit. */
    Room room() {
        return new Room(sizeLimit, key("sizeLimit"));
    }

    Signers signers() {
        return new Signers(allowedSigners, pgpKeys);
    }
}
