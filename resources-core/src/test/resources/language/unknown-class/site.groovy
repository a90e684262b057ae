class Base extends Bar {
}

Foo foo = null
