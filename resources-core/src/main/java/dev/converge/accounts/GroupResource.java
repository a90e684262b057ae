package dev.converge.accounts;

import dev.converge.model.Resource;
import dev.converge.schema.AutoRequire;
import dev.converge.schema.Default;
import dev.converge.schema.Id;
import dev.converge.schema.Parameter;
import dev.converge.schema.ResourceType;
import java.util.Optional;
import java.util.Set;

/**
 * A group of the local group database, {@code /etc/group}.
 *
 * @param name what the group is called
 * @param gid its number; the next free one when left out. Files keep the number that they have when it changes
 * @param members users who are in the group besides those whose primary group it is. Others stay in it too, unless
 *     {@code exclusiveMembers} is true. Each must exist
 * @param exclusiveMembers whether those in {@code members} are the only ones: all others leave the group
 * @param system whether a new group without {@code gid} gets a number from the range for the system's own groups
 */
@ResourceType(name = "group", provider = GroupProvider.class, example = """
                group('ops') {
                    members 'alice', 'bob'
                }
                """)
public record GroupResource(
        @Id AccountName name,
        Optional<Integer> gid,
        @AutoRequire(value = "user", yields = true) Optional<Set<String>> members,
        @Parameter @Default("false") boolean exclusiveMembers,
        @Parameter @Default("false") boolean system)
        implements Resource {}
