package dev.converge

import dev.converge.testhost.TestHost
import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.attribute.PosixFilePermissions
import java.security.MessageDigest
import java.util.concurrent.TimeUnit

/**
 * The real launcher, in a checkout that is thrown away, with the classes that are being tested. It starts Converge as a
 * process of its own, as users do.
 */
final class Converge {
    private static final int LIMIT_SECONDS = 300
    private static final String OF_TESTS = /(spock|junit|archunit|surefire|opentest4j|apiguardian|byte-buddy|hamcrest).*\.jar/

    /** What the data of the examples is encrypted with: no secret. */
    static final Path EXAMPLE_KEY = Repository.path('examples/src/test/resources/example.key')

    /** What the launcher's class-data archive is made by: without it each start takes half as long again as a user's. */
    private static final String TRAINING = 'agent/src/main/dist/training'

    private static final Path LAUNCH = Repository.path('examples/target/launch')

    /** The one for all specs of this process. */
    static final Converge HERE = new Converge(Repository.path("examples/target/checkout-${ProcessHandle.current().pid()}"))

    /** How a process ended. */
    static final class Ended {
        int exit
        String out
        String err

        String getAll() {
            out + err
        }

        /** What was changed, or would be, in the order of the output. */
        List<String> getChanges() {
            (out =~ /(?m)^[-+~] (\w+\[[^]]+])/).collect { it[1] as String }
        }

        @Override
        String toString() {
            "exit $exit\n$out$err"
        }
    }

    final Path checkout

    /** The launcher's, with its class-data archive: the first process of this build makes it for all. */
    private final Path build = Files.createDirectories(LAUNCH.resolve("build-${digest()}"))

    /** The key of the examples where only its owner can read it. */
    final Path key

    private Converge(Path checkout) {
        this.checkout = checkout
        Runtime.runtime.addShutdownHook(new Thread({ checkout.toFile().deleteDir() } as Runnable))
        ['converge', 'README.md', 'docs', 'examples', 'modules/src/main/modules', TRAINING].each { copy(it) }
        key = checkout.resolve('example.key')
        giveKey()
        shareLock()
        def current = "build='$build'\nclass_path='${classPath()}'\nhome='$checkout'\nsources_changed() { return 1; }\n"
        Files.writeString(checkout.resolve('target/launch/current.sh'), current)
    }

    /** One lock for all checkouts of a build, as they make one archive. */
    private void shareLock() {
        def lock = build.resolve('lock')
        new FileOutputStream(lock.toFile(), true).close()
        Files.createLink(Files.createDirectories(checkout.resolve('target/launch')).resolve('lock'), lock)
    }

    /** Another one when any of the classes that are tested is another one. */
    private static String digest() {
        def parts = classPath().tokenize(File.pathSeparator).collect { [it, new File(it).length(), new File(it).lastModified()] }
        MessageDigest.getInstance('SHA-256').digest(parts.toString().bytes).encodeHex().toString().substring(0, 12)
    }

    /** The examples find it there rather than in /etc, which is the machine's. */
    private void giveKey() {
        Files.copy(EXAMPLE_KEY, key)
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString('rw-------'))
        def hierarchies = checkout.resolve('examples').toFile().listFiles().collect { it.toPath().resolve('data/hierarchy.yaml') }
        hierarchies.findAll { Files.exists(it) }.each {
            Files.writeString(it, Files.readString(it).replace('/etc/converge/example.key', "$key"))
        }
    }

    private void copy(String name) {
        Path from = Repository.path(name)
        Files.walk(from).withCloseable { paths ->
            paths.filter { !it.startsWith(Repository.path('examples/target')) && !it.startsWith(Repository.path('examples/src')) }.forEach {
                Path to = checkout.resolve(Repository.ROOT.relativize(it))
                Files.isDirectory(it) ? Files.createDirectories(to) : copyInto(it, to)
            }
        }
    }

    private static void copyInto(Path from, Path to) {
        Files.createDirectories(to.parent)
        Files.copy(from, to)
        to.toFile().executable = Files.isExecutable(from)
    }

    /** Without what is no part of Converge: this module's own classes and what tests them. */
    private static String classPath() {
        def whole = System.getProperty('surefire.test.class.path') ?: System.getProperty('java.class.path')
        whole.tokenize(File.pathSeparator).findAll { !Path.of(it).startsWith(Repository.path('examples')) && !(Path.of(it).fileName ==~ OF_TESTS) }.join(File.pathSeparator)
    }

    /** Runs Converge; its state is kept in the folder. */
    Ended run(Path state, String... arguments) {
        ended(start(state, arguments))
    }

    /** The same, not waited for. */
    Process start(Path state, String... arguments) {
        process(['./converge', "--state-dir=$state" as String] + (arguments as List))
    }

    /** Boots a host that can run it. */
    TestHost boot(Map options = [:]) {
        def java = ['/usr/lib/jvm'] + (new File('/etc').listFiles().findAll { it.name ==~ /java-\d+-openjdk/ }*.path)
        def needed = (java + classPath().tokenize(File.pathSeparator)).findAll { new File(it).exists() }
        // The launcher remembers its JDK in the checkout.
        TestHost.start(options + [readOnly: needed, shared: [*(options.shared ?: []), checkout, build]])
    }

    /** Runs it as a process of a booted host, where it keeps its state in the usual folder. */
    Ended inside(List<String> prefix = [], TestHost machine, String... arguments) {
        ended(new ProcessBuilder(prefix + machine.commandLine([CONVERGE_BUILD: 'never'], ["$checkout/converge", *arguments])).start())
    }

    /** Runs a line of shell in the checkout. */
    Ended shell(String line) {
        ended(process(['sh', '-c', line]))
    }

    private Process process(List<String> command) {
        def builder = new ProcessBuilder(command).directory(checkout.toFile())
        builder.environment().putAll(CONVERGE_BUILD: 'never', LC_ALL: 'C.UTF-8', CONVERGE_JAVA_OPTS: "-Dconverge.testing=${Repository.path('agent/target/dist/testing')}" as String)
        builder.redirectInput(ProcessBuilder.Redirect.from(new File('/dev/null')))
        builder.start()
    }

    Ended ended(Process process) {
        def out = new StringBuffer()
        def err = new StringBuffer()
        def readers = [process.consumeProcessOutputStream(out), process.consumeProcessErrorStream(err)]
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly()
            throw new AssertionError("still running after $LIMIT_SECONDS s: ${process.info().commandLine().orElse('')}\n$out$err" as Object)
        }
        readers*.join()
        new Ended(exit: process.exitValue(), out: out.toString(), err: err.toString())
    }
}
