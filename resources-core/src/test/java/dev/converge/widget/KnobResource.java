package dev.converge.widget;

import dev.converge.model.Resource;
import dev.converge.schema.AutoRequire;
import dev.converge.schema.Id;
import dev.converge.schema.ResourceType;
import java.util.List;
import java.util.Optional;

/**
 * A knob, which exists only in tests: its attributes are called like methods that Groovy adds to everything.
 *
 * @param name what is written on it
 * @param turns the dial that it turns
 * @param get an attribute
 * @param set an attribute
 * @param test an attribute
 * @param with an attribute
 * @param each an attribute
 * @param print an attribute
 * @param find an attribute
 * @param size an attribute
 * @param use an attribute
 * @param sleep an attribute
 * @param line an attribute that is called like a type
 * @param mount an attribute that is called like a type
 * @param command an attribute that is called like a type
 */
@ResourceType(name = "knob", provider = KnobProvider.class)
public record KnobResource(
        @Id String name,
        @AutoRequire("dial") Optional<String> turns,
        List<String> get,
        List<String> set,
        List<String> test,
        List<String> with,
        List<String> each,
        List<String> print,
        List<String> find,
        List<String> size,
        List<String> use,
        List<String> sleep,
        List<String> line,
        List<String> mount,
        List<String> command)
        implements Resource {}
