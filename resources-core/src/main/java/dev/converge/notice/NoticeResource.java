package dev.converge.notice;

import dev.converge.model.Resource;
import dev.converge.model.Text;
import dev.converge.schema.Id;
import dev.converge.schema.Parameter;
import dev.converge.schema.ResourceType;
import java.util.Optional;

/**
 * A message that each run shows; it changes nothing on the host.
 *
 * @param name what the notice is called; shown when there is no message
 * @param message what to say
 */
@ResourceType(name = "notice", provider = NoticeProvider.class, absentable = false, example = """
                notice 'This host is rebuilt every night.'
                """)
public record NoticeResource(@Id String name, @Parameter Optional<Text> message) implements Resource {}
