package dev.converge.docs

import dev.converge.Converge
import java.nio.file.Files
import java.nio.file.Path
import java.util.regex.Pattern

/**
 * Makes the steps of a page one after another, as a reader makes them: a block with a {@code file} is written into the
 * folder where the reader is, one of commands is run there, and one of text is what the commands before it printed. In
 * such a text, … stands for what is another time after time: on a line of its own for any lines, else for any letters.
 *
 * <p>The reader begins at home, with a clone in {@code converge} and that on the path.
 */
final class FollowedPage {
    private final Path home
    private final Path aside
    private final Path clone
    private String printed = ''

    /** @param folder an empty one */
    FollowedPage(Path folder) {
        home = Files.createDirectories(folder.resolve('home'))
        aside = Files.createDirectories(folder.resolve('aside'))
        clone = Files.createDirectories(home.resolve('converge'))
        Files.writeString(aside.resolve('where'), "$home\n")
        launcher()
    }

    /** The real one; but what it keeps is kept in this folder, not in that of the host. */
    private void launcher() {
        def real = Converge.HERE.checkout.resolve('converge')
        Path script = Files.writeString(clone.resolve('converge'), """\
            #!/bin/sh
            case \$1 in
              agent | compile | explain | lookup | module | data | facts | completion) exec '$real' "\$@" ;;
            esac
            exec '$real' '--state-dir=${aside.resolve('state')}' "\$@"
            """.stripIndent())
        script.toFile().executable = true
    }

    boolean follow(List<Block> steps) {
        steps.each { step(it) }
        true
    }

    private void step(Block block) {
        if (block.marks.file) {
            Path file = Path.of(Files.readString(aside.resolve('where')).trim()).resolve(block.marks.file)
            Files.createDirectories(file.parent)
            Files.writeString(file, block.text)
        } else if (block.language == 'sh') {
            run(block)
        } else {
            assert printed =~ pattern(block.text) : "$block is not what was printed:\n$printed"
        }
    }

    private void run(Block block) {
        Path script = Files.writeString(aside.resolve('step.sh'), """\
            set -eu
            exec 2>&1
            HOME='$home' PATH='$clone':\$PATH
            cd "\$(cat '$aside/where')"
            trap 'pwd > "$aside/where"' EXIT
            """.stripIndent() + block.text)
        def ended = Converge.HERE.shell("sh '$script'")
        printed = ended.out
        assert ended.exit == (block.marks.exit ?: '0') as int : "$block\n$ended"
        assert printed.contains(block.marks.says ?: '') : "$block\n$ended"
    }

    private static Pattern pattern(String shown) {
        def lines = shown.stripTrailing().readLines().collect { line ->
            line == '…' ? /(?:.*\n)*?/ : line.split('…', -1).collect { Pattern.quote(it) }.join('.*') + /[ \t]*\n/
        }
        Pattern.compile('\\A\\s*' + lines.join('') + '\\s*\\z')
    }
}
