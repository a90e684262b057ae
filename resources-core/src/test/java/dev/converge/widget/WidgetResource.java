package dev.converge.widget;

import dev.converge.model.Content;
import dev.converge.model.Mode;
import dev.converge.model.Resource;
import dev.converge.model.Secret;
import dev.converge.schema.Id;
import dev.converge.schema.Parameter;
import dev.converge.schema.ResourceType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A thing that exists only in tests.
 *
 * @param name what the widget is called
 * @param color how it looks
 * @param mode who may touch it
 * @param size how large it is
 * @param shiny whether it shines
 * @param lifetime how long it lasts
 * @param home where it stands
 * @param parts what it is made of
 * @param labels what is written on it
 * @param password who may open it
 * @param content what is in it
 * @param finish how its surface is made
 */
@ResourceType(name = "widget", provider = WidgetProvider.class)
public record WidgetResource(
        @Id String name,
        String color,
        Optional<Mode> mode,
        Optional<Integer> size,
        Optional<Boolean> shiny,
        @Parameter Optional<Duration> lifetime,
        Optional<Path> home,
        Optional<List<String>> parts,
        Optional<Map<String, String>> labels,
        Optional<Secret> password,
        Optional<Content> content,
        Optional<Finish> finish)
        implements Resource {

    /** How a surface is made. */
    public enum Finish {
        MATT,
        HIGH_GLOSS
    }
}
