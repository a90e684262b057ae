package dev.converge.container

import dev.converge.language.SiteFolder
import java.nio.file.Path
import spock.lang.Specification
import spock.lang.TempDir

/** The policy of a site for images, from the manifest to what is refused. */
class ImagePolicySpec extends Specification {
    static final String POLICY = "policy.images { requireDigest true; allow 'registry.example.com/*' }\n"
    static final String DIGEST = "@sha256:${'0123456789abcdef' * 4}"

    @TempDir
    Path folder

    def "#declaration is #verdict"() {
        expect:
        new SiteFolder(folder).manifest(POLICY + declaration).problems() == (verdict == 'fine' ? [] : ['policy site.groovy:2:1'])

        where:
        declaration                                                             || verdict
        "container('web') { image 'registry.example.com/web$DIGEST' }"          || 'fine'
        "container('web') { image 'registry.example.com/web:1' }"               || 'refused'
        "container('web') { image 'docker.io/library/nginx$DIGEST' }"           || 'refused'
        "container('web') { image 'nginx'; ensure 'absent' }"                   || 'fine'
        "image 'registry.example.com/web$DIGEST'"                               || 'fine'
        "image 'nginx'"                                                         || 'refused'
    }

    def "all are refused in one run, those in composites too"() {
        given:
        def site = new SiteFolder(folder).manifest("${POLICY}image 'nginx'\ninclude(Shop, 's')")
            .write('Shop.groovy', "class Shop extends Composite {\n  void declare() {\n    container(name) { image 'shop:1' }\n  }\n}")

        expect:
        site.problems() == ['policy Shop.groovy:3:5', 'policy site.groovy:2:1']
    }
}
