package dev.converge.file;

import dev.converge.filesystem.Stat;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Counts what differs below a directory and names the first of each sort. */
final class TreeSummary implements TreeVisitor {
    private static final int NAMED = 3;

    private static final class Sort {
        private final String name;
        private final List<Path> first = new ArrayList<>();
        private long count;

        Sort(String name) {
            this.name = name;
        }

        void add(Path path) {
            count++;
            if (first.size() < NAMED) {
                first.add(path);
            }
        }

        @Override
        public String toString() {
            StringBuilder out =
                    new StringBuilder().append(count).append(' ').append(name).append(" (");
            for (Path path : first) {
                out.append(path == first.get(0) ? "" : ", ").append(path);
            }
            return out.append(count > NAMED ? ", …)" : ")").toString();
        }
    }

    /** The sum of the digests of all that differs, so that the order in which it is found does not matter. */
    private BigInteger which = BigInteger.ZERO;

    private final Sort missing = new Sort("missing");
    private final Sort different = new Sort("different");
    private final Sort dressed = new Sort("with another owner, group or mode");
    private final Sort extra = new Sort("not declared");
    private final Sort forced = new Sort("only removed with force");

    @Override
    public void copy(Path relative, Path source, Optional<Stat> now) {
        (now.isPresent() ? different : missing).add(relative);
        note("copy", relative, now);
        if (now.isPresent() && !now.get().isFile() && !now.get().isLink()) {
            forced.add(relative);
        }
    }

    @Override
    public void dress(Path relative, Stat now) {
        dressed.add(relative);
        note("dress", relative, Optional.of(now));
    }

    @Override
    public void remove(Path relative, Stat now) {
        extra.add(relative);
        note("remove", relative, Optional.of(now));
        if (!now.isFile() && !now.isLink()) {
            forced.add(relative);
        }
    }

    private void note(String what, Path relative, Optional<Stat> now) {
        try {
            String text = what + " " + relative + "\0" + now;
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            which = which.add(new BigInteger(1, digest));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    Contents contents() {
        List<String> shown = new ArrayList<>();
        long differences = 0;
        for (Sort sort : List.of(missing, different, dressed, extra)) {
            if (sort.count > 0) {
                shown.add(sort.toString());
                differences += sort.count;
            }
        }
        String told = shown.isEmpty() ? "as declared" : String.join(", ", shown);
        return new Contents(told, differences, which.signum() == 0 ? "" : which.toString(16));
    }

    /** What goes only with force, when there is such. */
    Optional<String> forced() {
        return forced.count == 0 ? Optional.empty() : Optional.of(forced.toString());
    }
}
