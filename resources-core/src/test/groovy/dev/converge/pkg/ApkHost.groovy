package dev.converge.pkg

import dev.converge.FolderHost
import dev.converge.provider.Command
import dev.converge.provider.CommandResult
import dev.converge.provider.Commands
import java.nio.file.Files
import java.nio.file.Path

/**
 * An Alpine host in a folder, with a stand-in for apk, which is not to be had on other distributions: it keeps the
 * files as apk does, and prints what apk 2.14 prints.
 */
final class ApkHost {
    final Path root
    final List<String> ran = Collections.synchronizedList([])
    /** What repositories offer, the name before its versions. */
    Map<String, List<String>> offers = [:]
    /** What an update finds. */
    Map<String, List<String>> upstream = [:]
    /** Which package is needed by which others. */
    Map<String, List<String>> neededBy = [:]
    boolean locked

    ApkHost(Path root) {
        this.root = root
        ['lib/apk/db', 'etc/apk', 'var/cache/apk'].each { Files.createDirectories(root.resolve(it)) }
        write([:])
        Files.writeString(root.resolve('etc/apk/world'), 'alpine-base\n')
        Files.writeString(root.resolve('etc/apk/repositories'), 'https://dl-cdn.alpinelinux.org/alpine/v3.19/main\n')
        Files.writeString(root.resolve('var/cache/apk/APKINDEX.0123abcd.tar.gz'), '')
    }

    FolderHost host() {
        new FolderHost(root, { Command command -> run(command.argv()*.reveal()) } as Commands)
    }

    private CommandResult run(List<String> argv) {
        ran << argv.join(' ')
        def words = argv.drop(1).findAll { it != '--no-progress' }
        if (words[0] == '--wait') {
            words = words.drop(2)
        }
        def options = words.findAll { it.startsWith('-') }
        words -= options
        if (locked && words[0] in ['add', 'del', 'update']) {
            return failed(99, 'ERROR: Unable to lock database: temporary error (try again later)\nERROR: Failed to open apk database\n')
        }
        "${words[0]}"(words.drop(1), options)
    }

    private CommandResult policy(List<String> names, List<String> options) {
        def installed = installed()
        said(names.findAll { offers[it] || installed[it] }.collect { name ->
            "$name policy:\n" + ((offers[name] ?: []) + installed.findResults { it.key == name ? it.value : null }).unique().collect { version ->
                "  $version:\n" + (installed[name] == version ? '    lib/apk/db/installed\n' : '') +
                    (version in offers[name] ? '    https://dl-cdn.alpinelinux.org/alpine/v3.19/main\n' : '')
            }.join()
        }.join())
    }

    private CommandResult search(List<String> names, List<String> options) {
        said(offers.keySet().findAll { it.contains(names[0]) }.join('\n'))
    }

    private CommandResult update(List<String> names, List<String> options) {
        offers += upstream
        said('OK: 1 distinct packages available\n')
    }

    private CommandResult add(List<String> words, List<String> options) {
        def missing = words.findAll { word ->
            def (name, version) = word.split('=') + [null]
            !offers[name] || (version && !(version in offers[name]))
        }
        if (missing) {
            return failed(missing.size(), 'ERROR: unable to select packages:\n' + missing.collect { "  $it (no such package):\n    required by: world[$it]\n" }.join())
        }
        def installed = installed()
        words.each { word ->
            def (name, version) = word.split('=') + [null]
            installed[name] = version ?: installed[name] ?: offers[name].last()
            changeWorld { it.findAll { line -> !(line ==~ /${name}([=~].*)?/) } + [word] }
        }
        write(installed)
        said('OK: 8 MiB in 15 packages\n')
    }

    private CommandResult del(List<String> names, List<String> options) {
        def kept = names.findAll { neededBy[it] }
        if (!options.contains('--simulate')) {
            changeWorld { it.findAll { line -> !(line in names) } }
            write(installed().findAll { !(it.key in names) || it.key in kept })
        }
        said(kept ? 'World updated, but the following packages are not removed due to:\n' + kept.collect { "  $it: ${neededBy[it].join(' ')}\n" }.join() : 'OK: 8 MiB\n')
    }

    Map<String, String> installed() {
        def text = Files.readString(root.resolve('lib/apk/db/installed'))
        text.split('\n\n').findAll { it.contains('P:') }.collectEntries { [(it =~ /(?m)^P:(.*)$/)[0][1], (it =~ /(?m)^V:(.*)$/)[0][1]] }
    }

    void write(Map<String, String> packages) {
        Files.writeString(root.resolve('lib/apk/db/installed'), packages.collect { name, version -> """\
            C:Q1TtcQBnDVrTrMZk5gNrVyDN0EbFI=
            P:$name
            V:$version
            A:x86_64
            S:337
            I:4096
            T:a package
            U:https://alpinelinux.org
            L:MIT
            o:$name
            m:Natanael Copa <ncopa@alpinelinux.org>
            t:1695795113
            c:66187892e05b03a41d08e9acabd19b7576a1c875
            D:so:libc.musl-x86_64.so.1
            p:cmd:$name=$version
            F:etc/$name
            R:P:odd
            Z:Q1wcPnbZDuYrtRYCKPXi4zMdUhyR0=

            """.stripIndent() }.join())
    }

    List<String> world() {
        Files.readAllLines(root.resolve('etc/apk/world'))
    }

    private void changeWorld(Closure<List<String>> edit) {
        Files.write(root.resolve('etc/apk/world'), edit(world()) as List<String>)
    }

    private static CommandResult said(String text) {
        new CommandResult(0, text, '', false)
    }

    private static CommandResult failed(int exit, String text) {
        new CommandResult(exit, '', text, false)
    }
}
