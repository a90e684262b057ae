package dev.converge.cli

import dev.converge.ReportSchema
import java.nio.file.Files
import java.nio.file.Path
import spock.lang.Specification
import spock.lang.TempDir

/** Runs the command line in this process, with state and sites in a folder of its own. */
abstract class CliSpecification extends Specification {
    @TempDir
    Path folder

    String out
    String err

    /** What is typed. */
    String typed = ''

    def cleanup() {
        ReportSchema.matchesAllIn(folder)
    }

    int converge(String... args) {
        def results = new ByteArrayOutputStream()
        def complaints = new ByteArrayOutputStream()
        int exit = Main.run(args, new ByteArrayInputStream(typed.getBytes('UTF-8')),
            new PrintStream(results, true, 'UTF-8'), new PrintStream(complaints, true, 'UTF-8'))
        out = results.toString('UTF-8')
        err = complaints.toString('UTF-8')
        if (out.startsWith('{\n  "schema": "converge.report/')) {
            ReportSchema.matches(out)
        }
        exit
    }

    /** A run that keeps its state in the test's folder. */
    int run(String... args) {
        converge(*(['--state-dir', folder.resolve('state').toString()] + (args as List)))
    }

    String site(String manifest) {
        Path site = Files.createDirectories(folder.resolve('site'))
        Files.writeString(site.resolve('site.groovy'), manifest)
        site.toString()
    }
}
