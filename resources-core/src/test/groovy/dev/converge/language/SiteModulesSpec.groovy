package dev.converge.language

import dev.converge.facts.Facts
import dev.converge.facts.FixedFacts
import dev.converge.module.ContentHash
import dev.converge.schema.CatalogJson
import dev.converge.schema.JsonText
import java.nio.file.Files
import java.nio.file.Path
import spock.lang.Specification
import spock.lang.TempDir
import spock.util.environment.RestoreSystemProperties

@RestoreSystemProperties
class SiteModulesSpec extends Specification {
    static final String NOTICE = '''\
        class NginxSite extends Composite {
            int port = 80
            void declare() {
                file("/etc/nginx/${name}.conf") { content template('nginx/site.conf', port: port) }
            }
        }
        '''.stripIndent()

    @TempDir
    Path folder
    SiteFolder site
    Path shipped

    def setup() {
        site = new SiteFolder(Files.createDirectories(folder.resolve('site')))
        shipped = Files.createDirectories(folder.resolve('shipped'))
        System.setProperty('converge.modules', shipped.toString())
    }

    /** A module with one composite, in a folder of this name. */
    private static Path module(Path folder, String description, Map<String, String> files = [:]) {
        new SiteFolder(Files.createDirectories(folder)).write('module.yaml', description)
        files.each { path, text -> new SiteFolder(folder).write(path, text) }
        folder
    }

    private Path nginx(Path folder, String more = '') {
        module(folder, "name: nginx\nversion: 1.2.0\n$more",
            ['src/NginxSite.groovy': NOTICE, 'templates/site.conf': 'listen $port\n', 'files/index.html': 'of the module\n'])
    }

    def "a site uses the composites, templates and files of a module in #where"() {
        given:
        nginx(folder.resolve(at))
        if (list) {
            site.write('converge.modules.yaml', list)
        }
        site.manifest('''\
            include(NginxSite, 'shop') { port 8080 }
            file('/srv/index.html') { source 'nginx/index.html' }
            directory('/srv/www') { source 'nginx' }
            ''')

        expect:
        site.ids().toSet() == ['file[/etc/nginx/shop.conf]', 'file[/srv/index.html]', 'directory[/srv/www]'].toSet()
        site.catalog().resources()[0].desired().content().get().text().get() == 'listen 8080\n'

        where:
        where               | at                   | list
        'modules/'          | 'site/modules/nginx' | null
        'a folder'          | 'elsewhere'          | 'modules:\n  nginx: { path: ../elsewhere }\n'
        'a shipped module'  | 'shipped/nginx'      | 'modules:\n  nginx:\n'
    }

    def "a file of the site comes before that of the module"() {
        given:
        nginx(folder.resolve('site/modules/nginx'))
        site.write('templates/nginx/site.conf', 'of the site $port\n').manifest("include(NginxSite, 'shop')")

        expect:
        site.catalog().resources()[0].desired().content().get().text().get() == 'of the site 80\n'
    }

    def "a module that is not listed is not compiled"() {
        given:
        module(shipped.resolve('broken'), 'name: nothing of this is read', ['src/Broken.groovy': 'class {'])
        site.manifest("notice 'fine'")

        expect:
        site.ids() == ['notice[fine]']
    }

    def "other manifests in modules/ are still those of the site"() {
        given:
        nginx(folder.resolve('site/modules/nginx'))
        site.write('modules/roles/web.groovy', "include(NginxSite, 'web')").manifest("include 'modules/roles/web'")

        expect:
        site.ids() == ['file[/etc/nginx/web.conf]']
    }

    def "tests, examples and data of a module are not compiled with the site"() {
        given:
        nginx(folder.resolve('site/modules/nginx'))
        site.write('modules/nginx/test/NginxSpec.groovy', 'class {').write('modules/nginx/example.groovy', 'class {').manifest("notice 'fine'")

        expect:
        site.ids() == ['notice[fine]']
    }

    def "what a module requires and ships with Converge needs no entry"() {
        given:
        nginx(shipped.resolve('nginx'), "requires: { base: '^1.0' }\n")
        module(shipped.resolve('base'), "name: base\nversion: 1.4.0\nrequires: { deep: '*' }\n", ['src/BaseMotd.groovy': 'class BaseMotd { }'])
        module(shipped.resolve('deep'), "name: deep\nversion: 0.1.0\n")
        site.write('converge.modules.yaml', 'modules:\n  nginx:\n').manifest("notice 'fine'")

        expect:
        site.ids() == ['notice[fine]']
        Site.open(site.root).value().get().modules().value().get().all()*.name() == ['deep', 'base', 'nginx']
    }

    def "#wrong is told where it is"() {
        given:
        files.each { path, text ->
            new SiteFolder(folder).write(path, text)
        }
        site.manifest("notice 'fine'")

        when:
        def printed = site.print(site.diagnostics())

        then:
        site.problems()*.replace(folder.toString(), 'FOLDER') == problems
        said.every { printed.contains(it) }

        where:
        wrong                                | files                                                                                                                             | problems                                                                                        | said
        'a module that is nowhere'           | ['site/converge.modules.yaml': 'modules:\n  ngnix:\n', 'shipped/nginx/module.yaml': 'name: nginx\nversion: 1.0.0\n']               | ['module converge.modules.yaml:2:3']                                                            | ['No module ngnix ships with Converge.', 'Did you mean "nginx"?', '2 |   ngnix:']
        'a folder that is not there'         | ['site/converge.modules.yaml': 'modules:\n  a: { path: ../a }\n']                                                                 | ['module converge.modules.yaml:2:3']                                                            | ['There is no folder', 'relative to the site']
        'a folder without module.yaml'       | ['site/converge.modules.yaml': 'modules:\n  a: { path: ../a }\n', 'a/src/A.groovy': '']                                            | ['module converge.modules.yaml:2:3']                                                            | ['has no module.yaml', 'Write one there']
        'an unknown key'                     | ['site/modules/a/module.yaml': 'name: a\nversion: 1.0.0\nrequire: { b: "1" }\nsummry: x\n']                                        | ['module modules/a/module.yaml:3:1', 'module modules/a/module.yaml:4:1']                        | ['Did you mean "requires"?', 'Did you mean "summary"?', '3 | require: { b']
        'a missing key'                      | ['site/modules/a/module.yaml': 'summary: x\n']                                                                                    | ['module modules/a/module.yaml:1:1'] * 2                                                        | ['"name" is missing', '"version" is missing']
        'a version that is none'             | ['site/modules/a/module.yaml': 'name: a\nversion: 1.0\n']                                                                         | ['module modules/a/module.yaml:2:10']                                                           | ['"1.0" is not a version', 'such as 1.0.0']
        'a range that is none'               | ['site/modules/a/module.yaml': 'name: a\nversion: 1.0.0\nrequires: { b: newest }\n']                                               | ['module modules/a/module.yaml:3:16']                                                           | ['"newest" is not a range']
        'no YAML'                            | ['site/modules/a/module.yaml': 'name: [a\nversion: 1.0.0\n']                                                                      | ['syntax modules/a/module.yaml:1:7']                                                            | ['is not closed']
        'a key given twice'                  | ['site/modules/a/module.yaml': 'name: a\nname: b\nversion: 1.0.0\n']                                                              | ['module modules/a/module.yaml:2:1']                                                            | ['a second time']
        'another name'                       | ['site/modules/a/module.yaml': 'name: b\nversion: 1.0.0\n']                                                                       | ['module modules/a/module.yaml:1:7']                                                            | ['calls itself b, and the site calls it a']
        'two places'                         | ['site/modules/a/module.yaml': 'name: a\nversion: 1.0.0\n', 'site/converge.modules.yaml': 'modules:\n  a:\n']                     | ['module converge.modules.yaml:2:3']                                                            | ['modules/a with a module.yaml', 'Take it off this list']
        'git and path'                       | ['site/converge.modules.yaml': 'modules:\n  a: { git: "https://x/a", path: a }\n']                                                | ['module converge.modules.yaml:2:3']                                                            | ['from one place']
        'git without revision'               | ['site/converge.modules.yaml': 'modules:\n  a: { git: "https://x/a" }\n']                                                         | ['module converge.modules.yaml:2:6']                                                            | ['one revision', 'a version, such as']
        'a requirement that nobody has'      | ['site/modules/a/module.yaml': 'name: a\nversion: 1.0.0\nrequires:\n  b: "^2"\n']                                                  | ['module modules/a/module.yaml:4:3']                                                            | ['a 1.0.0 requires b ^2, and this site has no module b', 'Add it to converge.modules.yaml']
        'a requirement of another version'   | ['site/modules/a/module.yaml': 'name: a\nversion: 1.0.0\nrequires:\n  b: "^2"\n', 'shipped/b/module.yaml': 'name: b\nversion: 1.0.0\n', 'site/converge.modules.yaml': 'modules:\n  b:\n'] | ['module modules/a/module.yaml:4:3'] | ['a 1.0.0 requires b ^2, and this site has b 1.0.0 (ships with Converge)', 'converge.modules.yaml:2:3']
        'a circle'                           | ['site/modules/a/module.yaml': 'name: a\nversion: 1.0.0\nrequires: { b: "*" }\n', 'site/modules/b/module.yaml': 'name: b\nversion: 1.0.0\nrequires: { a: "*" }\n'] | ['module modules/a/module.yaml:3:13'] | ['Each requires the next: a, b, a', 'modules/b/module.yaml:3:13']
        'a class of another name'            | ['site/modules/a-b/module.yaml': 'name: a-b\nversion: 1.0.0\n', 'site/modules/a-b/src/X.groovy': 'class ABOne { }\nclass Site { }\n'] | ['module modules/a-b/src/X.groovy:2:1']                                                         | ['begin with its name', 'Call it ABSite']
        'a statement beside classes'         | ['site/modules/a/module.yaml': 'name: a\nversion: 1.0.0\n', 'site/modules/a/src/A.groovy': 'class A { }\npkg "x"\n']               | ['module modules/a/src/A.groovy:2:1']                                                           | ['holds classes and nothing else']
        'a mistake in a class'               | ['site/modules/a/module.yaml': 'name: a\nversion: 1.0.0\n', 'site/modules/a/src/A.groovy': 'class A extends Composite {\n  void declare() {\n    file("/x") { contnt "y" }\n  }\n}\n'] | ['unknown-attribute modules/a/src/A.groovy:3:18'] | ['Did you mean "content"?', '3 |     file("/x")']
        'one outside the site'               | ['a/module.yaml': 'name: a\nversion: 1.0.0\n', 'a/src/A.groovy': 'class A extends Composite {\n  void declare() {\n    file("/x") { contnt "y" }\n  }\n}\n', 'site/converge.modules.yaml': 'modules:\n  a: { path: ../a }\n'] | ['unknown-attribute FOLDER/a/src/A.groovy:3:18'] | ['3 |     file("/x")']
        'a class that two modules have'      | ['site/modules/a/module.yaml': 'name: a\nversion: 1.0.0\n', 'site/modules/a/src/AbX.groovy': 'class AbX { }\n', 'site/modules/ab/module.yaml': 'name: ab\nversion: 1.0.0\n', 'site/modules/ab/src/AbX.groovy': 'class AbX { }\n'] | ['module modules/ab/src/AbX.groovy:1:1'] | ['both declare a class AbX', 'modules/a/src/AbX.groovy:1:1']
        'a class that site and module have'  | ['site/modules/a/module.yaml': 'name: a\nversion: 1.0.0\n', 'site/modules/a/src/AX.groovy': 'class AX { }\n', 'site/lib/AX.groovy': 'class AX { }\n'] | ['module modules/a/src/AX.groovy:1:1'] | ['both declare a class AX', 'The site\'s lib/AX.groovy and the module a 1.0.0', 'lib/AX.groovy:1:1']
    }

    def "a module for #systems is #warned on #os, once, where it is used first"() {
        given:
        nginx(folder.resolve('site/modules/nginx'), "systems: $systems\n")
        site.write('lib/Web.groovy', 'class Web extends Composite { void declare() { include(NginxSite, name) } }')
            .manifest("include(Web, 'one')\ninclude(NginxSite, 'two')\n")

        when:
        def compiled = compiled(os)

        then:
        compiled.ok
        compiled.diagnostics().collect { "${it.severity()} ${it.at().get()}".toString() } == places
        places.empty || compiled.diagnostics()[0].detail() == 'The module nginx 1.2.0 is made for debian, suse, and this host has rocky.'
        places.empty || compiled.diagnostics()[0].related()*.at()*.get()*.toString() == ['modules/nginx/module.yaml:3:1']

        where:
        systems          | os                               || places
        '[debian, suse]' | [name: 'debian', family: 'debian'] || []
        '[debian, suse]' | [name: 'ubuntu', family: 'debian'] || []
        '[ubuntu]'       | [name: 'ubuntu', family: 'debian'] || []
        '[]'             | [name: 'rocky', family: 'redhat']  || []
        '[debian, suse]' | [:]                                || []
        '[debian, suse]' | [name: 'rocky', family: 'redhat']  || ['WARNING lib/Web.groovy:1:48']
        warned = places ? 'warned of' : 'fine'
    }

    def "a system of a module that is #is is told: #name"() {
        given:
        nginx(folder.resolve('site/modules/nginx'), "systems: [debian, $name]\n")
        site.manifest('include(NginxSite)')

        expect:
        compiled(name: 'debian', family: 'debian').diagnostics().collect { "${it.severity()} ${it.summary()} ${it.at().get()} ${it.suggestion().get()}".toString() } == told

        where:
        is           | name      || told
        'nearly one' | 'ubunut'  || ['WARNING Unknown system modules/nginx/module.yaml:3:19 Did you mean "ubuntu"?']
        'one'        | 'rocky'   || []
        'not known'  | 'hurdish' || []
    }

    def "a module that is listed and not used is not warned of, nor a class of the site that begins as its classes do"() {
        given:
        nginx(folder.resolve('site/modules/nginx'), 'systems: [suse]\n')
        site.write('lib/NginxLess.groovy', "class NginxLess extends Composite { void declare() { notice 'x' } }").manifest('include(NginxLess)')

        expect:
        compiled(name: 'rocky').diagnostics() == []
    }

    def "a module that gives up on a host that it is not made for is warned of too"() {
        given:
        module(folder.resolve('site/modules/web'), 'name: web\nversion: 1.0.0\nsystems: [suse]\n',
            ['src/Web.groovy': "class Web extends Composite { void declare() { fail 'no such system' } }"])
        site.manifest('include(Web)')

        expect:
        compiled(name: 'rocky').diagnostics()*.summary().contains('Module not made for this system')
    }

    private compiled(Map os) {
        new ManifestCompiler(SiteFolder.TYPES, Optional.empty())
            .compile(Site.open(site.root).value().get(), new Facts(new FixedFacts(SiteFolder.FACTS + [os: os])))
    }

    def "the digest of the data does not depend on where the modules that ship are installed"() {
        given:
        site.write('converge.modules.yaml', 'modules:\n  web:\n').manifest("notice lookup('web.greeting', String)")

        expect:
        ['one', 'two'].collect { place ->
            def installed = folder.resolve(place)
            System.setProperty('converge.modules', installed.toString())
            module(installed.resolve('web'), 'name: web\nversion: 1.0.0\n', ['data/common.yaml': 'web.greeting: hello\n'])
            def inputs = new SiteInputs()
            def opened = Site.open(site.root).value().get()
            assert new ManifestCompiler(SiteFolder.TYPES, Optional.empty()).compile(opened, new Facts(new FixedFacts(SiteFolder.FACTS)), inputs).ok
            inputs.dataDigest().get()
        }.toSet().size() == 1
    }

    def "a #file with brackets without end is told"() {
        given:
        nginx(folder.resolve('site/modules/nginx'))
        site.write('converge.modules.yaml', "modules:\n  b: { git: 'https://example.com/b.git', ref: main }\n").manifest('')
        site.write(file, '[' * 100_000)

        when:
        def told = site.diagnostics().find { it.at().map { at -> at.file() == file }.orElse(false) }

        then:
        told.detail().contains('too many lists and maps in one another')

        where:
        file << ['modules/nginx/module.yaml', 'converge.modules.yaml', 'converge.modules.lock']
    }

    def "a catalog does not depend on where #what is"() {
        given:
        def texts = ['one', 'other'].collect {
            def place = Files.createDirectories(folder.resolve(it))
            System.setProperty('converge.modules', place.toString())
            nginx(place.resolve('nginx'))
            site = new SiteFolder(Files.createDirectories(folder.resolve("sites/$it")))
            site.write('converge.modules.yaml', list.replace('PLACE', place.toString()))
            site.manifest("include(NginxSite, 'shop')")
            def out = new ByteArrayOutputStream()
            JsonText.write(CatalogJson.of(site.catalog(), SiteFolder.TYPES), out)
            out.toString('UTF-8')
        }

        expect:
        texts[0].contains('"file": "modules/nginx/src/NginxSite.groovy"')
        texts[0] == texts[1]
        Site.open(site.root).value().get().lines('modules/nginx/src/NginxSite.groovy').get()[0] == 'class NginxSite extends Composite {'

        where:
        what                         | list
        'a module that ships'        | 'modules: { nginx: }'
        'a module in another folder' | 'modules: { nginx: { path: PLACE/nginx } }'
    }

    def "the data of a module answers keys that begin with its name: #key"() {
        given:
        module(folder.resolve('site/modules/web-shop'), 'name: web-shop\nversion: 1.0.0\n', ['data/common.yaml': data,
            'data/hierarchy.yaml': 'version: 1\nlevels: [{ name: common, path: common.yaml }]\nmerge: { sudo.rules: deep }'])
        site.manifest("notice lookup('$key', String, 'none')")
        def compiled = site.compile()

        expect:
        compiled.value().get().resources()*.id()*.name() == [value]
        compiled.diagnostics().collect { "${it.severity()} ${it.at().get()}".toString() } == told

        where:
        key             | data                                              || value  | told
        'web.shop.port' | 'web.shop.port: a'                                || 'a'    | []
        'web.shop.port' | 'web: { shop: { port: a }, other: b }'            || 'a'    | ['WARNING modules/web-shop/data/common.yaml:1:27']
        'webshop.port'  | 'webshop: { port: a }'                            || 'a'    | []
        'web-shop.port' | 'web-shop.port: a'                                || 'a'    | []
        'web.shop-x.y'  | 'web.shop-x.y: a'                                 || 'a'    | []
        'sudo.rules'    | 'sudo.rules: ALL\nweb.shop.port: a'               || 'none' | ['WARNING modules/web-shop/data/common.yaml:1:1']
        'web.port'      | 'web: { port: a }'                                || 'none' | ['WARNING modules/web-shop/data/common.yaml:1:8']
    }

    def "#link is not read where it is a link out of the site, and no word of what that leads to is shown"() {
        given:
        nginx(site.root.resolve('modules/nginx'))
        site.write('converge.modules.yaml', 'modules: {}').write('converge.modules.lock', 'version: 1\nmodules: {}')
        site.manifest("notice 'x'").write('roles/web.groovy', "notice 'y'")
        def secret = new SiteFolder(Files.createDirectories(folder.resolve('outside')))
        secret.write('NginxSite.groovy', 'secret: [').write('file', 'secret: [\nsecret')
        Files.walk(site.root.resolve(link)).sorted { a, b -> b <=> a }.forEach(Files::delete)
        Files.createSymbolicLink(site.root.resolve(link), folder.resolve("outside/$target"))
        def said = site.print(site.diagnostics())

        expect:
        site.diagnostics()*.code()*.label() == [code]
        said.contains(link) && said.contains('a link that leads out of the site')
        !said.contains('secret')

        where:
        link                                 | target             | code
        'site.groovy'                        | 'file'             | 'site-file'
        'roles/web.groovy'                   | 'file'             | 'site-file'
        'converge.modules.yaml'              | 'file'             | 'module'
        'converge.modules.lock'              | 'file'             | 'module'
        'modules/nginx/module.yaml'          | 'file'             | 'module'
        'modules/nginx/src/NginxSite.groovy' | 'NginxSite.groovy' | 'site-file'
        'modules/nginx/src'                  | '.'                | 'site-file'
    }

    def "manifests and descriptions that links in the site stand for are read"() {
        given:
        nginx(site.root.resolve('modules/nginx'))
        site.manifest("notice 'x'").write('real/module.yaml', 'name: nginx\nversion: 1.2.0').write('real/other', 'include(NginxSite)')
        ['modules/nginx/module.yaml': 'real/module.yaml', 'site.groovy': 'real/other'].each { link, target ->
            Files.delete(site.root.resolve(link))
            Files.createSymbolicLink(site.root.resolve(link), site.root.resolve(target))
        }

        expect:
        site.ids().any { it.startsWith('file[') }
    }
}
