package dev.converge.ssh;

import dev.converge.accounts.AccountName;
import dev.converge.model.Resource;
import dev.converge.schema.AutoRequire;
import dev.converge.schema.Default;
import dev.converge.schema.Derived;
import dev.converge.schema.Id;
import dev.converge.schema.ResourceType;

/**
 * That a user can log in over SSH with the declared keys only: every key of {@code ~/.ssh/authorized_keys} that no
 * {@code authorizedKey} of the user names is removed, once those are there. Comments stay, and the file is kept before
 * it changes. With no {@code authorizedKey} for the user, no key is left.
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
