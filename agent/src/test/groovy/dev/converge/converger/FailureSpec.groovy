package dev.converge.converger

import dev.converge.diagnostic.Code
import dev.converge.model.Secret
import dev.converge.provider.ResourceFailure
import dev.converge.report.Outcome
import java.nio.file.AccessDeniedException
import java.nio.file.DirectoryNotEmptyException
import java.nio.file.FileSystemException
import java.nio.file.NoSuchFileException
import java.nio.file.NotDirectoryException

/** How a failure is told: in words, with what to do, and without secrets. */
class FailureSpec extends ProbeSpecification {

    private Outcome.Failed failed(Closure<?> event, String step = 'apply') {
        world.events["$step a".toString()] = event
        of(converge('a'), 'a').outcome() as Outcome.Failed
    }

    def "#thrown is told as '#words'"() {
        when:
        def failure = failed { throw thrown }

        then:
        failure.diagnostic().code() == Code.RESOURCE_FAILED
        failure.diagnostic().detail() == words
        failure.diagnostic().at().get().toString() == 'site.groovy:1:1'
        failure.diagnostic().suggestion().present == advised
        failure.trace().empty

        where:
        thrown                                                                    || words                                           | advised
        new ResourceFailure('The owner "x" is unknown.', 'Declare it.')           || 'The owner "x" is unknown.'                     | true
        new ResourceFailure('It is broken.')                                      || 'It is broken.'                                 | false
        new NoSuchFileException('/x/y')                                           || 'There is no file or folder /x/y.'              | true
        new AccessDeniedException('/x')                                           || 'Permission denied: /x.'                        | true
        new NotDirectoryException('/x')                                           || '/x is not a folder.'                           | false
        new DirectoryNotEmptyException('/x')                                      || 'The folder /x is not empty.'                   | false
        new FileSystemException('/x', null, 'No space left on device')            || 'No space is left on the device: /x.'                | true
        new FileSystemException('/x', null, 'Read-only file system')              || 'The file system is mounted read-only: /x.'     | true
        new FileSystemException('/x', null, 'Operation not permitted')            || 'The operation is not permitted: /x.'           | true
        new FileSystemException('/x', null, 'Something new')                      || '/x: Something new.'                            | false
        new FileSystemException('/x')                                             || '/x: refused.'                                  | false
        new IOException('No space left on device')                                || 'No space is left on the device.'                | true
        new IOException('the mirror hung up')                                     || 'the mirror hung up.'                           | false
        new IOException()                                                         || 'Reading or writing failed: IOException.'       | false
        new UncheckedIOException(new NoSuchFileException('/x'))                   || 'There is no file or folder /x.'                | true
    }

    def "#thrown while it is #during is a bug, and fails its resource only"() {
        given:
        world.events["$step b".toString()] = { throw thrown }
        drift('a ~ b c', 'a b c')

        when:
        def report = converge('a ~ b c')
        def failure = of(report, 'b').outcome() as Outcome.Failed

        then:
        text(report) == 'a:changed b:failed c:changed'
        failure.diagnostic().code() == Code.BUG
        failure.diagnostic().detail().contains("probe[b] was $during")
        !failure.diagnostic().detail().contains('\tat ')
        failure.trace().get().contains('\tat ')

        where:
        step      | thrown                                || during
        'observe' | new NullPointerException('x')         || 'observed'
        'check'   | new ClassCastException('x')           || 'observed'
        'apply'   | new IllegalStateException('x')        || 'changed'
        'apply'   | new NoClassDefFoundError('x')         || 'changed'
        'apply'   | new StackOverflowError('x')           || 'changed'
        'apply'   | new AssertionError('x' as Object)     || 'changed'
        'refresh' | new UnsupportedOperationException()   || 'refreshed'
    }

    def "no secret is in the failure of #thrown"() {
        given:
        secrets = [Secret.of('hunter2')]

        when:
        def failure = failed { throw thrown }
        def shown = failure.toString()

        then:
        !shown.contains('hunter2')
        shown.contains(Secret.MASK)

        where:
        thrown << [
            new ResourceFailure('mysql said: hunter2 is wrong', 'Do not use hunter2.'),
            new NoSuchFileException('/srv/hunter2'),
            new IOException('hunter2'),
            new IllegalStateException('hunter2')
        ]
    }
}
