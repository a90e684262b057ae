package dev.converge.file

import dev.converge.FolderHost
import dev.converge.ProviderContractSpec
import dev.converge.host.LocalCommands
import dev.converge.model.Content
import dev.converge.model.InvalidValueException
import dev.converge.model.Secret
import dev.converge.model.SiteFiles
import dev.converge.model.Text
import dev.converge.provider.Host
import java.nio.file.Files
import java.nio.file.Path
import spock.lang.TempDir

/** What every type promises, for files; what is special about them is in the specs beside this one. */
class FileResourceSpec extends ProviderContractSpec<FileResource> {
    @TempDir
    Path folder

    @TempDir
    Path site

    @Override
    FileType schema() {
        new FileType()
    }

    @Override
    Host newHost() {
        new FolderHost(Path.of('/'), new LocalCommands(Path.of('/')))
    }

    @Override
    SiteFiles siteFiles() {
        { String name ->
            def file = site.resolve(name)
            if (!Files.exists(file)) {
                throw new InvalidValueException("no $name")
            }
            file
        }
    }

    @Override
    Collection<Path> watched() {
        [folder, site]
    }

    @Override
    Map<String, Closure<FileResource>> samples() {
        [
            'empty file': { file() },
            'file with content': { file(content: 'hello\n') },
            'file with a name and content in UTF-8': { resource("$folder/grüße – 你好", [content: 'ünï 你好\n']) },
            'file with the longest name': { resource("$folder/${'ü' * 127}", [content: 'x']) },
            'file with a long name of emoji': { resource("$folder/x${'😀' * 60}", [content: 'x']) },
            'file with owner, group and mode': { file(content: 'x', owner: 'root', group: '0', mode: '0640') },
            'file with a symbolic mode': { file(content: 'x', mode: 'u=rwX,g+w,o=') },
            'file from the site': { siteFile('a.txt', 'ä'); file(source: 'a.txt') },
            'file from the host': { siteFile('b.txt', 'b'); file(source: "$site/b.txt") },
            'file from a file URL': { siteFile('b c', 'b'); file(source: "file://$site/b%20c") },
            'file in base64': { file(content: 'AAEC/w==', encoding: 'base64') },
            'file with a secret': { file(content: Content.of(Text.of(['pw=', Secret.of('geheim')])), mode: '0600') },
            'file with a validation': { file(content: 'ok', validate: ['grep -q ok %']) },
        ]
    }

    FileResource file(Map<String, ?> attributes = [:]) {
        resource("$folder/motd", attributes)
    }

    void siteFile(String name, String text) {
        Files.writeString(site.resolve(name), text)
    }
}
