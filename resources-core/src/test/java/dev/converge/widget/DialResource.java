package dev.converge.widget;

import dev.converge.model.Resource;
import dev.converge.schema.Argument;
import dev.converge.schema.Id;
import dev.converge.schema.ResourceType;
import dev.converge.schema.Words;
import java.util.List;
import java.util.Optional;

/**
 * A dial on a panel, which exists only in tests.
 *
 * @param name the panel and the dial's label
 * @param position where it stands
 * @param color how it looks
 * @param turns how it gets there
 */
@ResourceType(name = "dial", provider = DialProvider.class)
public record DialResource(
        @Id(parts = {"panel", "label"}) DialName name,
        @Argument int position,
        Optional<String> color,
        @Words List<Turn> turns)
        implements Resource {}
