package dev.converge.git;

import dev.converge.model.InvalidValueException;
import dev.converge.model.KeepsTree;
import dev.converge.model.Resource;
import dev.converge.model.Secret;
import dev.converge.schema.AutoRequire;
import dev.converge.schema.Default;
import dev.converge.schema.Derived;
import dev.converge.schema.Id;
import dev.converge.schema.Parameter;
import dev.converge.schema.Required;
import dev.converge.schema.ResourceType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * A revision of a Git repository in a folder. A branch is followed: each run asks the repository once where it is. A tag
 * or a commit that is there already needs no network. What somebody edited, and commits that the repository does not
 * have, are never overwritten without {@code force}: an update that would is a failure that lists them, and as long as the
 * revision is the right one they are let alone. Files that Git does not know stay in any
 * case, unless the revision has files of the same names. A first checkout is made beside the folder and moved into place
 * when it is whole. No git needs to be installed; submodules are not checked out. Removing it removes the folder, unless
 * something in it exists nowhere else: edits, files that Git does not know or ignores, stashes, commits of any branch. A
 * checkout whose {@code .git/config} could make Git run programs or lead it elsewhere is not touched.
 *
 * @param path the folder; when it exists it is empty, or a checkout
 * @param repository its address: {@code https://}, {@code http://}, {@code ssh://user@server/path}, {@code
 *     user@server:path}, {@code git://}, {@code file:///} or a path on the host
 * @param revision a branch, a tag or a commit; {@code HEAD} is the repository's own choice of a branch
 * @param commit what is checked out: follows from revision
 * @param owner name or number of the user that owns all files in it; when left out, what an update brings belongs to the
 *     owner of the folder
 * @param group name or number of the group of all files in it
 * @param force whether local edits and commits give way; edited files are kept in the backup store
 * @param depth how many commits of history are fetched; all when left out
 * @param username for a repository that asks for one by HTTP; {@code git} when left out
 * @param password for a repository that asks for one by HTTP, or a token; it goes to that server alone, and is not kept
 *     on the host
 * @param sshKey for SSH: the file on the host of a private key without a passphrase, which the server knows. Neither {@code
 *     ~/.ssh} nor an agent is used
 * @param knownHosts for SSH: the file on the host with the servers' keys, as {@code ssh-keyscan} prints them; {@code
 *     /etc/ssh/ssh_known_hosts} when left out. No other server is spoken to
 * @param caFile for HTTPS: the file on the host, in PEM, with the certificates of who may vouch for the server, in place of
 *     those that Java trusts
 * @param timeout how long fetching may take
 */
@ResourceType(name = "gitCheckout", provider = GitCheckoutProvider.class, creation = "cloned", example = """
                gitCheckout('/srv/app') {
                    repository 'https://git.example.com/app.git'
                    revision 'v1.2'
                    owner 'app'
                }
                """)
public record GitCheckoutResource(
        @Id
        @AutoRequire(
                value = {"mount", "directory", "link"},
                ancestors = true)
        Path path,

        @Required Optional<GitAddress> repository,
        @Parameter @Default("HEAD") String revision,
        @Derived Optional<CheckedOut> commit,
        @AutoRequire("user") Optional<String> owner,
        @AutoRequire("group") Optional<String> group,
        @Parameter @Default("false") boolean force,
        @Parameter Optional<Integer> depth,
        @Parameter Optional<String> username,
        @Parameter Optional<Secret> password,

        @Parameter @AutoRequire({"file", "link"}) Optional<Path> sshKey,
        @Parameter @AutoRequire({"file", "link"}) Optional<Path> knownHosts,
        @Parameter @AutoRequire({"file", "link"}) Optional<Path> caFile,
        @Parameter @Default("5m") Duration timeout)
        implements Resource, KeepsTree {
    /** @throws InvalidValueException for what no repository could have, or be reached by */
    public GitCheckoutResource {
        if (depth.filter(commits -> commits < 1).isPresent()) {
            throw new InvalidValueException("\"depth\" is less than one commit.", "Write 1 for the newest alone.");
        }
        if (!revision.matches("[A-Za-z0-9_][A-Za-z0-9_./+@-]*") || revision.contains("..") || timeout.isZero()) {
            throw new InvalidValueException(
                    "\"" + revision + "\" is not a branch, a tag or a commit, or the timeout is zero.",
                    "Write the name as 'git branch' or 'git tag' lists it.");
        }
        boolean declared = commit.isEmpty();
        if (declared && sshKey.isEmpty() && repository.filter(GitAddress::isSsh).isPresent()) {
            throw new InvalidValueException(
                    "\"" + repository.get() + "\" is reached by SSH, and no key is given for it.",
                    "Give sshKey: the file on the host of a private key without a passphrase, which the server knows.");
        }
        commit = commit.or(() -> Optional.of(new CheckedOut(revision, true)));
    }

    GitCheckoutResource observed(
            Optional<GitAddress> origin, CheckedOut now, Optional<String> user, Optional<String> members) {
        return new GitCheckoutResource(
                path,
                origin,
                revision,
                Optional.of(now),
                user,
                members,
                force,
                depth,
                username,
                password,
                sshKey,
                knownHosts,
                caFile,
                timeout);
    }
}
