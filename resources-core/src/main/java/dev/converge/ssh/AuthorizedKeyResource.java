package dev.converge.ssh;

import dev.converge.model.Resource;
import dev.converge.schema.AutoRequire;
import dev.converge.schema.Default;
import dev.converge.schema.Derived;
import dev.converge.schema.Id;
import dev.converge.schema.Required;
import dev.converge.schema.ResourceType;
import java.util.List;
import java.util.Optional;

/**
 * A public key that a user can log in with over SSH: a line of {@code ~/.ssh/authorized_keys}. All other lines stay as
 * they are, and the file is kept before it changes. A missing {@code .ssh} is made with the mode 0700, a missing file
 * with 0600, both the user's own. Nothing is read or written through links that the user could have made.
 * {@code ensure 'absent'} removes the key; without {@code key}, the one whose comment is the name. For no other keys than the
 * declared ones, add {@code authorizedKeys}.
 *
 * @param name the user, and the comment at the end of the line: {@code authorizedKey('alice', 'alice@laptop')}
 * @param key the line of the {@code .pub} file, such as {@code ssh-ed25519 AAAA…}; a comment behind it is left out.
 *     Another key with the same comment is replaced
 * @param comment what the line ends with: always the name
 * @param options what the key may do, each as sshd(8) writes it: {@code 'no-pty'}, {@code 'from="10.0.0.0/8"'}. Those
 *     that the line has stay when none are given
 * @param others other lines with the same key or the same comment, of which sshd would take the first: always
 *     {@code none}
 */
@ResourceType(name = "authorizedKey", provider = AuthorizedKeyProvider.class, example = """
                authorizedKey('alice', 'alice@laptop') {
                    key 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJZ1cWxIOHIHlhqs0v7uUUWgp3rKDmtFfzFB0l1rqkbL'
                    options 'no-port-forwarding', 'from="10.0.0.0/8"'
                }
                """)
public record AuthorizedKeyResource(
        @Id(parts = {"user", "name"}) @AutoRequire("user") KeyName name,

        @Required Optional<PublicKey> key,
        @Derived Optional<String> comment,
        Optional<List<KeyOption>> options,
        @Derived @Default("none") String others)
        implements Resource {
    public AuthorizedKeyResource {
        options = options.map(List::copyOf);
        if (comment.isEmpty()) {
            comment = Optional.of(name.label());
        }
    }

    AuthorizedKeyResource seen(KeyLine line, int more) {
        String shown = more == 0 ? "none" : more == 1 ? "1 line" : more + " lines";
        return new AuthorizedKeyResource(
                name,
                Optional.of(line.key()),
                Optional.of(line.comment()),
                Optional.of(KeyOption.all(line.options())),
                shown);
    }
}
