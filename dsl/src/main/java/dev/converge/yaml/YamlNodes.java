package dev.converge.yaml;

import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.ParserException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.parser.Parser;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/**
 * The nodes of one text in YAML or JSON. The library calls itself for each bracket in a bracket, until there is no stack
 * left; here whoever writes so many is told of it, as of any other mistake.
 */
public final class YamlNodes {
    /** How many lists and maps may be in one another; nobody can read as many. */
    public static final int DEEPEST = 100;

    /** What is wrong with more than that, as the end of a sentence. */
    public static final String TOO_DEEP = "it has too many lists and maps in one another";

    private YamlNodes() {}

    /**
     * The one document of a text; empty when there is nothing in it.
     *
     * @throws org.snakeyaml.engine.v2.exceptions.YamlEngineException when it is not YAML
     */
    public static Optional<Node> compose(LoadSettings settings, String text) {
        Parser parser = new ParserImpl(settings, new StreamReader(settings, text));
        return new Composer(settings, new Shallow(parser)).getSingleNode();
    }

    /** Counts the brackets that are open. */
    private static final class Shallow implements Parser {
        private final Parser parser;
        private int depth;

        Shallow(Parser parser) {
            this.parser = parser;
        }

        @Override
        public Event next() {
            Event event = parser.next();
            switch (event.getEventId()) {
                case SequenceStart, MappingStart -> open(event);
                case SequenceEnd, MappingEnd -> depth--;
                case Alias, Comment, DocumentEnd, DocumentStart, Scalar, StreamEnd, StreamStart -> {}
            }
            return event;
        }

        private void open(Event event) {
            if (++depth > DEEPEST) {
                throw new ParserException(TOO_DEEP, event.getStartMark());
            }
        }

        @Override
        public boolean hasNext() {
            return parser.hasNext();
        }

        @Override
        public boolean checkEvent(Event.ID choice) {
            return parser.checkEvent(choice);
        }

        @Override
        public Event peekEvent() {
            return parser.peekEvent();
        }
    }
}
