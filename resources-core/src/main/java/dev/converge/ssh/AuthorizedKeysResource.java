package dev.converge.ssh;

import dev.converge.accounts.AccountName;
import dev.converge.model.Resource;
import dev.converge.schema.AutoRequire;
import dev.converge.schema.Default;
import dev.converge.schema.Derived;
import dev.converge.schema.Id;
import dev.converge.schema.ResourceType;

/**
 * That {@code ~/.ssh/authorized_keys} lets a user log in with the declared keys only: every line that no
 * {@code authorizedKey} of the user names is removed, once those are there. Comments stay, and the file is kept before
 * it changes. With no {@code authorizedKey} for the user, no key is left. Other files are not looked at: a default sshd
 * also reads {@code ~/.ssh/authorized_keys2}, so set its {@code AuthorizedKeysFile} to {@code .ssh/authorized_keys}.
 *
 * @param user who logs in
 * @param undeclared the comments of keys that nobody declared: always {@code none}
 */
@ResourceType(
        name = "authorizedKeys",
        provider = AuthorizedKeysProvider.class,
        after = "authorizedKey",
        absentable = false,
        example = """
                authorizedKeys('alice')
                """)
public record AuthorizedKeysResource(
        @Id @AutoRequire("user") AccountName user,
        @Derived @Default("none") String undeclared) implements Resource {}
