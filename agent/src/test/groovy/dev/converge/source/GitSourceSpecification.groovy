package dev.converge.source

import java.nio.file.Files
import java.nio.file.Path
import spock.lang.Specification
import spock.lang.TempDir
import spock.lang.Timeout

/** What specs of a followed repository share. */
@Timeout(120)
abstract class GitSourceSpecification extends Specification {
    @TempDir
    Path folder
    GitRepository origin
    Path state

    def setup() {
        origin = new GitRepository(folder.resolve('site'))
        state = Files.createDirectory(folder.resolve('state'))
    }

    SiteSource open(Map<String, Object> given = [:]) {
        SiteSource.open(Sources.settings(given, "file://$origin.folder"), state)
    }

    SiteCopy follow(Map<String, Object> given = [:]) {
        open(given).withCloseable { SiteSource source ->
            def fetched = source.fetch()
            assert fetched instanceof Fetched.Newest : fetched
            source.accept(fetched.copy())
            fetched.copy()
        }
    }

    Fetched fetch(Map<String, Object> given = [:]) {
        open(given).withCloseable { it.fetch() }
    }
}
