package dev.converge.watch

import java.nio.file.Path
import java.time.Duration

class FileWatchSpec extends WatchSpecification {
    private Set<String> below(List<String> names) {
        names.collect { folder.resolve(it).toString() } as Set
    }

    def "after '#made', '#done' moves #expected"() {
        given:
        sh(made)
        open().watch(catalog("""
            file('$folder/a/x.conf') { content 'x' }
            file('$folder/a/y.conf') { content 'y' }
            link('$folder/a/l') { target 'x.conf' }
            directory('$folder/t') { source '$folder/src', recurse true }
            directory '$folder/d'
        """.replace(", recurse true", "\n recurse true")))
        settle()

        when:
        sh(done)

        then:
        moved(below(expected)) == below(expected)

        where:
        made                                   | done                                              || expected
        // Written in place, appended to, and its mode.
        'mkdir a; echo x > a/x.conf'           | 'echo z > a/x.conf'                               || ['a/x.conf']
        'mkdir a; echo x > a/x.conf'           | 'echo z >> a/x.conf'                              || ['a/x.conf']
        'mkdir a; echo x > a/x.conf'           | 'chmod 600 a/x.conf'                              || ['a/x.conf']
        'mkdir a; echo x > a/x.conf'           | 'rm a/x.conf'                                     || ['a/x.conf']
        // An editor renames; what else is in the folder is nobody's business.
        'mkdir a; echo x > a/x.conf'           | 'echo z > a/.x.swp; mv a/.x.swp a/x.conf'         || ['a/x.conf']
        'mkdir a; echo x > a/x.conf'           | 'mv a/x.conf a/x.conf~; echo z > a/x.conf'        || ['a/x.conf']
        'mkdir a; echo x > a/x.conf'           | 'mv a/x.conf a/y.conf'                            || ['a/x.conf', 'a/y.conf']
        'mkdir a; touch a/x.conf a/o'          | 'echo z > a/o; rm a/o; echo z > a/y.conf'         || ['a/y.conf']
        // Folders that are not there yet, one after the other.
        'true'                                 | 'mkdir a; sleep 0.3; echo x > a/x.conf'           || ['a/x.conf', 'a/y.conf', 'a/l']
        'true'                                 | 'mkdir d'                                         || ['d']
        // Folders that go, come again, or are replaced by others.
        'mkdir a; echo x > a/x.conf'           | 'rm -r a; mkdir a; sleep 0.3; echo z > a/x.conf'  || ['a/x.conf', 'a/y.conf', 'a/l']
        'mkdir a b; touch a/x.conf'            | 'mv a c; mv b a; sleep 0.3; echo z > a/x.conf'    || ['a/x.conf', 'a/y.conf', 'a/l']
        'mkdir d'                              | 'chmod 700 d'                                     || ['d']
        // Links on the way, and at the end.
        'mkdir r s; ln -s r a; echo x > r/x.conf' | 'echo z > r/x.conf'                            || ['a/x.conf']
        'mkdir r s; ln -s r a; echo x > r/x.conf' | 'ln -sfn s a; sleep 0.3; echo z > s/x.conf'    || ['a/x.conf', 'a/y.conf', 'a/l']
        'mkdir a r; ln -s ../r/real a/x.conf; echo x > r/real' | 'echo z > r/real'                 || ['a/x.conf']
        'mkdir a r; ln -s ../r/real a/x.conf; echo x > r/real' | 'ln -sf /dev/null a/x.conf'       || ['a/x.conf']
        'mkdir a r; ln -s ../r/real a/l; echo x > r/real'      | 'echo z > r/real; ln -sf x a/l'   || ['a/l']
        'mkdir a; ln -s x.conf a/x.conf'       | 'rm a/x.conf'                                     || ['a/x.conf']
        // Trees.
        'mkdir -p t/1/2 src'                   | 'echo z > t/1/2/f'                                || ['t']
        'mkdir -p t src'                       | 'mkdir -p t/3/4; sleep 0.3; echo z > t/3/4/f'     || ['t']
        'mkdir src'                            | 'mkdir -p t/3; sleep 0.3; echo z > t/3/f'         || ['t']
    }

    def "goes on watching in a folder that was replaced"() {
        given:
        sh('mkdir a; echo x > a/x.conf')
        open().watch(catalog("file('$folder/a/x.conf') { content 'x' }"))

        expect:
        (1..3).every {
            sh('rm -r a; mkdir a')
            settle()
            sh('echo z > a/x.conf')
            def seen = moved(below(['a/x.conf']))
            settle()
            seen == below(['a/x.conf'])
        }
    }

    def "a root folder has links of its own"() {
        given:
        sh('mkdir -p root/run root/var; ln -s /run root/var/run')
        open(folder.resolve('root')).watch(catalog("file('/var/run/x.conf') { content 'x' }"))

        when:
        sh('echo z > root/run/x.conf')

        then:
        moved(['/var/run/x.conf'] as Set) == ['/var/run/x.conf'] as Set
    }

    def "what the new catalog does not name is not watched any more, and what is new is"() {
        given:
        sh('mkdir a b c; touch a/x b/y c/z')
        open().watch(catalog("file('$folder/a/x') { content 'x' }\nfile('$folder/b/y') { content 'y' }"))
        watch.watch(catalog("file('$folder/b/y') { content 'y' }\nfile('$folder/c/z') { content 'z' }"))

        when:
        sh('echo > a/x; echo > b/y; echo > c/z')

        then:
        moved(below(['b/y', 'c/z'])) == below(['b/y', 'c/z'])
    }

    def "when no more folders can be watched, it says so, and the rest is watched"() {
        given:
        sh('mkdir a b c; touch a/x b/x c/x')
        def root = folder.nameCount + 1

        when:
        def told = open(Path.of('/'), WatchSettings.USUAL.folders(root + 1)).watch(catalog(
            ['a', 'b', 'c'].collect { "file('$folder/$it/x') { content 'x' }" }.join('\n')))

        then:
        told.size() == 1
        told[0].detail().startsWith("2 of 3 resources are looked at by runs of all alone")

        when:
        sh('echo > c/x; echo > a/x')

        then:
        moved(below(['a/x'])) == below(['a/x'])

        when:
        watch.watch(catalog("file('$folder/c/x') { content 'x' }"))
        sh('echo z > c/x')

        then:
        moved(below(['c/x'])) == below(['c/x'])
    }

    def "all of a folder is looked at when it is so busy that events are lost"() {
        given:
        sh('mkdir a b; touch a/x a/y b/z')
        open().watch(catalog(['a/x', 'a/y', 'b/z'].collect { "file('$folder/$it') { content 'x' }" }.join('\n')))

        when:
        synchronized (watch.sources.find { it instanceof FileWatch }) {
            // Its thread waits for this, and the kernel tells of more than is kept meanwhile.
            sh('for i in $(seq 2000); do : > a/$i; done')
        }

        then:
        moved(below(['a/x', 'a/y'])) == below(['a/x', 'a/y'])
    }

    def "what comes together is told together, and what never ends is told in between"() {
        given:
        sh('mkdir a; touch a/x a/y')
        open().watch(catalog("file('$folder/a/x') { content 'x' }\nfile('$folder/a/y') { content 'y' }"))

        when:
        sh('echo > a/x; echo > a/y')

        then:
        watch.await(Duration.ofSeconds(5)).ids()*.name() as Set == below(['a/x', 'a/y'])
        watch.await(Duration.ofMillis(100)).isEmpty()

        when:
        def writer = new ProcessBuilder('sh', '-c', "while echo >> $folder/a/x; do sleep 0.01; done").start()
        long began = System.nanoTime()
        def first = watch.await(Duration.ofSeconds(10))

        then:
        first.ids()*.name() as Set == below(['a/x'])
        System.nanoTime() - began < Duration.ofSeconds(2).toNanos()

        cleanup:
        writer?.destroyForcibly()?.waitFor()
    }

    def "a wait can be ended"() {
        given:
        open().watch(catalog(''))
        Thread.start { watch.wake() }

        expect:
        watch.await(Duration.ofSeconds(60)).isEmpty()
    }
}
