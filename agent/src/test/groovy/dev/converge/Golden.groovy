package dev.converge

import java.nio.file.Files
import java.nio.file.Path

/** Texts that were looked at once and shall stay; {@code -Dconverge.updateGolden=true} writes them anew. */
final class Golden {
    private static final Path FOLDER = Path.of('src/test/resources/golden')

    static boolean matches(String name, String actual) {
        Path file = FOLDER.resolve(name)
        if (Boolean.getBoolean('converge.updateGolden')) {
            Files.createDirectories(FOLDER)
            Files.writeString(file, actual)
        }
        assert actual == Files.readString(file)
        true
    }
}
