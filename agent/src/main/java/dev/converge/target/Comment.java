package dev.converge.target;

import dev.converge.target.FirstBootPlan.Part;

/** What stands before the lines of a part, in whatever marks comments by {@code #}. */
final class Comment {
    private Comment() {}

    /** The resource and its place; why nothing is done for it, where that is so. */
    static String of(Part part) {
        String head = "# "
                + line(part.declared().id() + " (" + part.declared().source().fileAndLine() + ")");
        if (part.refused().isPresent()) {
            return head + ": left out. " + line(part.refused().get().detail()) + "\n";
        }
        return part.declared().policy().isNoop() ? head + ": in no-op, so nothing is done\n" : head + "\n";
    }

    /** A name may have a line break in it, which would end the comment. */
    private static String line(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }
}
