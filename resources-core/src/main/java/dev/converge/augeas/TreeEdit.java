package dev.converge.augeas;

import dev.converge.model.Secret;
import dev.converge.model.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The edits of one resource, made on a tree in the order in which they are written.
 *
 * @param desired the resource
 */
record TreeEdit(AugeasResource desired) implements Consumer<Tree> {
    /** The longest list of nodes that still tells its reader something. */
    private static final int MOST_FOUND = 20;

    @Override
    public void accept(Tree tree) {
        desired.context().ifPresent(tree::useAsContext);
        if (desired.onlyIf().isPresent() && !desired.onlyIf().get().holds(tree)) {
            return;
        }
        desired.edits().forEach(edit -> make(edit, tree));
    }

    /** Which nodes the edits would change, as they are now. */
    List<AugeasEdit> found(Tree tree) {
        desired.context().ifPresent(tree::useAsContext);
        Map<String, Optional<Text>> before = new LinkedHashMap<>();
        for (AugeasEdit edit : desired.edits()) {
            boolean secret = edit.value().filter(Text::isSensitive).isPresent();
            touched(edit, tree).forEach(node -> before.putIfAbsent(node, value(node, tree, secret)));
        }
        accept(tree);
        List<AugeasEdit> found = new ArrayList<>();
        before.forEach((node, value) -> {
            boolean same = tree.has(node) && tree.get(node).equals(value.map(Text::reveal));
            if (!same && found.size() < MOST_FOUND) {
                found.add(AugeasEdit.found(shown(node, tree), value));
            }
        });
        return found;
    }

    private static Optional<Text> value(String node, Tree tree, boolean secret) {
        return tree.get(node).map(value -> secret ? Text.of(Secret.of(value)) : Text.of(value));
    }

    private static String shown(String node, Tree tree) {
        return node.startsWith(tree.root() + "/") ? node.substring(tree.root().length() + 1) : node;
    }

    private static List<String> touched(AugeasEdit edit, Tree tree) {
        return switch (edit.verb()) {
            case SET, RM, CLEAR, MV -> tree.match(edit.word(0));
            case SETM, CLEARM -> tree.match(edit.word(0) + "/" + edit.word(1));
            case TOUCH, INS, FOUND -> List.of();
        };
    }

    private static void make(AugeasEdit edit, Tree tree) {
        switch (edit.verb()) {
            case SET -> tree.set(edit.word(0), Optional.of(edit.word(1)));
            case SETM -> tree.setAll(edit.word(0), edit.word(1), Optional.of(edit.word(2)));
            case RM -> tree.remove(edit.word(0));
            case CLEAR -> tree.set(edit.word(0), Optional.empty());
            case CLEARM -> tree.setAll(edit.word(0), edit.word(1), Optional.empty());
            case TOUCH -> touch(edit.word(0), tree);
            case INS -> tree.insert(edit.word(2), edit.word(0), edit.word(1).equals("before"));
            case MV -> tree.move(edit.word(0), edit.word(1));
            case FOUND -> throw new IllegalStateException("no edit: " + edit);
        }
    }

    private static void touch(String path, Tree tree) {
        if (!tree.has(path)) {
            tree.set(path, Optional.empty());
        }
    }
}
