package dev.converge.container

import dev.converge.model.InvalidValueException
import spock.lang.Specification

/** Names of images as Docker reads them, and a site's policy about them. */
class ImageNameSpec extends Specification {
    static final String DIGEST = 'sha256:' + 'a' * 64

    def "#text is #reference in full and #shown in short"() {
        expect:
        def name = ImageName.parse(text)
        name.reference() == reference
        name.toString() == shown
        ImageName.parse(name.toString()) == name
        ImageName.parse(name.reference()) == name

        where:
        text                               || reference                                  | shown
        'nginx'                            || 'docker.io/library/nginx:latest'           | 'nginx:latest'
        'nginx:1.27'                       || 'docker.io/library/nginx:1.27'             | 'nginx:1.27'
        'docker.io/nginx:1.27'             || 'docker.io/library/nginx:1.27'             | 'nginx:1.27'
        'docker.io/library/nginx:1.27'     || 'docker.io/library/nginx:1.27'             | 'nginx:1.27'
        'grafana/grafana:11.0.0'           || 'docker.io/grafana/grafana:11.0.0'         | 'grafana/grafana:11.0.0'
        'library/a/b'                      || 'docker.io/library/a/b:latest'             | 'library/a/b:latest'
        'localhost/bb:1'                   || 'localhost/bb:1'                           | 'localhost/bb:1'
        'docker.io/localhost/bb:1'         || 'docker.io/localhost/bb:1'                 | 'docker.io/localhost/bb:1'
        'docker.io/a.example.com/bb:1'     || 'docker.io/a.example.com/bb:1'             | 'docker.io/a.example.com/bb:1'
        'localhost:5000/bb'                || 'localhost:5000/bb:latest'                 | 'localhost:5000/bb:latest'
        'registry.example.com/shop/web:7'  || 'registry.example.com/shop/web:7'          | 'registry.example.com/shop/web:7'
        'registry.example.com:5000/web_x'  || 'registry.example.com:5000/web_x:latest'   | 'registry.example.com:5000/web_x:latest'
        "nginx@$DIGEST"                    || "docker.io/library/nginx@$DIGEST"          | "nginx@$DIGEST"
        "nginx:1.27@$DIGEST"               || "docker.io/library/nginx:1.27@$DIGEST"     | "nginx:1.27@$DIGEST"
    }

    def "\"#text\" is no name, since #why"() {
        when:
        ImageName.parse(text)

        then:
        def failure = thrown(InvalidValueException)
        failure.message.contains(why)
        failure.advice().present

        where:
        text                          || why
        ''                            || 'no reference'
        'Nginx'                       || 'capital letters'
        'nginx:'                      || 'tag'
        'nginx:a b'                   || 'tag'
        'nginx@sha256:12'             || 'digest'
        'nginx@latest'                || 'digest'
        'https://registry.io/nginx'   || 'no reference'
        '/nginx'                      || 'no repository'
        'a//b'                        || 'no repository'
        '-x.example.com/a'            || 'no registry'
        'a b'                         || 'no repository'
    }

    def "a policy that allows #allowed #verdict #image"() {
        expect:
        new ImagePolicy(digest, allowed.collect { ImagePolicy.Source.parse(it) }).refusal(ImageName.parse(image)).present == (verdict == 'refuses')

        where:
        allowed                      | digest | image                          || verdict
        []                           | false  | 'nginx'                        || 'takes'
        []                           | true   | 'nginx'                        || 'refuses'
        []                           | true   | "nginx@$DIGEST"                || 'takes'
        ['registry.example.com/*']   | false  | 'registry.example.com/a/b:1'   || 'takes'
        ['registry.example.com/*']   | false  | 'registry.example.com.evil.org/a' || 'refuses'
        ['registry.example.com/*']   | false  | 'docker.io/registry.example.com/a' || 'refuses'
        ['localhost/*']              | false  | 'docker.io/localhost/a'        || 'refuses'
        ['registry.example.com/*']   | false  | 'nginx'                        || 'refuses'
        ['registry.example.com/*']   | true   | 'registry.example.com/a:1'     || 'refuses'
        ['nginx']                    | false  | 'nginx:1.27'                   || 'takes'
        ['nginx']                    | false  | 'evil/nginx'                   || 'refuses'
        ['docker.io/library/*']      | false  | 'nginx'                        || 'takes'
        ['grafana/*']                | false  | 'grafana/loki'                 || 'takes'
        ['*/web']                    | false  | 'a.example.com/shop/web'       || 'takes'
        ['a.example.com:5000/*']     | false  | 'a.example.com:5000/x'         || 'takes'
    }

    def "\"#text\" says more than where images come from"() {
        when:
        ImagePolicy.Source.parse(text)

        then:
        thrown(InvalidValueException)

        where:
        text << ['', 'nginx:1', "nginx@$DIGEST"]
    }
}
