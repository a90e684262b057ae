package dev.converge.docs

import dev.converge.model.Attribute
import dev.converge.output.AttributeText
import dev.converge.output.Style
import dev.converge.output.TypePage
import dev.converge.schema.TypeRegistry
import dev.converge.schema.TypeSchema

/** docs/resources.md, from the same source as {@code converge explain}. */
final class ResourcesPage {
    private final TypeRegistry types

    ResourcesPage(TypeRegistry types) {
        this.types = types
    }

    String text() {
        """\
        # Resource types

        Each type with its attributes, as `converge explain` prints them. This page is generated; [Adding a resource type](adding-a-resource.md) says how.

        An attribute that you leave out is not managed: never compared, never touched. A parameter says how to converge and is never compared.
        Every type also takes `requires`, `before`, `notifies`, `subscribes`, `tags` and `noop`; see [the language](language.md).

        ${types.names().collect { "[`$it`](#$it)" }.join(' · ')}
        """.stripIndent() + types.names().collect { type(types.get(it)) }.join('')
    }

    private static String type(TypeSchema<?> schema) {
        def page = new TypePage(schema, Style.plain())
        """
## ${schema.name()}

${markdown(schema.summary())}

```groovy
${page.example().trim()}
```
${section(schema, 'attribute', Attribute.Role.ID, Attribute.Role.PROPERTY)}${words(schema)}${section(schema, 'parameter', Attribute.Role.PARAMETER)}
`ensure` takes ${page.ensureWords().collect { markdown(it) }.join('; ')}.
"""
    }

    private static String section(TypeSchema<?> schema, String title, Attribute.Role... roles) {
        def rows = schema.attributes().findAll { it.role() in roles }
        rows ? "\n| $title | takes | meaning |\n|---|---|---|\n" + rows.collect { row(schema, it) }.join('') : ''
    }

    private static String words(TypeSchema<?> schema) {
        def rows = schema.words().collect {
            "| `${it.shown()}` | `${schema.attributes()[it.attribute()].name()}` | ${markdown(it.doc())} |\n"
        }
        rows ? '\n| word | adds to | meaning |\n|---|---|---|\n' + rows.join('') : ''
    }

    private static String row(TypeSchema<?> schema, Attribute attribute) {
        def parts = schema.nameParts() ? ': ' + schema.nameParts().join(', ') : ''
        def takes = [AttributeText.kind(attribute)]
        attribute.role() == Attribute.Role.ID ? takes << "the name$parts".toString() : attribute.required ? takes << 'required' : null
        schema.argument().filter { it == attribute }.ifPresent { takes << 'may follow the name' }
        attribute.defaultValue().ifPresent { takes << "default `$it`".toString() }
        "| `${attribute.name()}` | ${markdown(takes.join(', '))} | ${markdown(AttributeText.sentence(attribute))} |\n"
    }

    private static String markdown(String text) {
        text.replaceAll(/([|<*])/, '\\\\$1')
    }
}
