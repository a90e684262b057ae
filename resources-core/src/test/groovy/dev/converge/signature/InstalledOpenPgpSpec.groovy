package dev.converge.signature

import java.nio.file.Files
import java.nio.file.Path
import spock.lang.Requires
import spock.lang.Specification
import spock.lang.TempDir

/** Where Converge is installed, the library for OpenPGP is in a folder of its own, and on no class path. */
@Requires({ ['gpg', '--version'].execute().waitFor() == 0 })
class InstalledOpenPgpSpec extends Specification {
    @TempDir
    Path folder

    def "a signature is verified with the jars of the folder separate"() {
        expect:
        verdict(installed(true)).toString().startsWith('Trusted[signer=ada <ada@example.com>')
    }

    def "without that folder it is said what to do"() {
        when:
        verdict(installed(false))

        then:
        def failure = thrown(RuntimeException)
        failure.class.simpleName == 'ResourceFailure'
        failure.message.contains('OpenPGP')
        failure.advice().get().contains('Install Converge anew')
    }

    /** Converge's own classes and what they need, as the launcher puts them on the class path. */
    private ClassLoader installed(boolean whole) {
        def lib = Files.createDirectories(folder.resolve('lib'))
        def own = Path.of(OpenPgp.protectionDomain.codeSource.location.toURI())
        def copy = lib.resolve('core')
        assert ['cp', '-r', own as String, copy as String].execute().waitFor() == 0
        def all = System.getProperty('java.class.path').split(File.pathSeparator).collect { Path.of(it) } - own
        def (library, others) = all.split { it.fileName.toString() ==~ /(bc.*-jdk|sshd-|org\.eclipse\.jgit\.ssh).*\.jar/ }
        assert library.size() == 5
        if (whole) {
            Files.createDirectory(folder.resolve('separate'))
            library.each { Files.copy(it, folder.resolve('separate').resolve(it.fileName)) }
        }
        new URLClassLoader(([copy] + others).collect { it.toUri().toURL() } as URL[], ClassLoader.platformClassLoader)
    }

    private Object verdict(ClassLoader installed) {
        def payload = 'what was signed\n'
        def keys = folder.resolve('keys.asc')
        def signature = sign(payload, keys)
        def object = installed.loadClass(SignedObject.name).constructors[0].newInstance(payload, Optional.of(signature), 'ada', Optional.empty())
        def signers = installed.loadClass(Signers.name).constructors[0].newInstance(Optional.empty(), Optional.of(keys))
        signers.verify(object)
    }

    private String sign(String payload, Path keys) {
        def home = Files.createDirectory(folder.resolve('gnupg'), java.nio.file.attribute.PosixFilePermissions.asFileAttribute(java.nio.file.attribute.PosixFilePermissions.fromString('rwx------')))
        def text = folder.resolve('text')
        Files.writeString(text, payload)
        try {
            gpg(home, '--passphrase', '', '--quick-gen-key', 'ada <ada@example.com>', 'ed25519', 'default', 'never')
            gpg(home, '--armor', '--output', keys as String, '--export')
            gpg(home, '--armor', '--detach-sign', text as String)
        } finally {
            ['gpgconf', '--homedir', home as String, '--kill', 'all'].execute().waitFor()
        }
        Files.readString(folder.resolve('text.asc'))
    }

    private static void gpg(Path home, String... words) {
        def process = new ProcessBuilder(['gpg', '--batch', '--homedir', home as String, *words]).redirectErrorStream(true).start()
        def said = process.inputStream.text
        assert process.waitFor() == 0 : said
    }
}
