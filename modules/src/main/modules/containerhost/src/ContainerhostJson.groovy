/** Values as JSON has them. */
class ContainerhostJson {
    private ContainerhostJson() {}

    static String text(Object given) {
        text(given, '')
    }

    private static String text(Object given, String indent) {
        def inner = "${indent}  ".toString()
        if (given instanceof Map) {
            def entries = (given as Map<String, Object>).collect { key, one -> "${inner}${quoted(key)}: ${text(one, inner)}".toString() }
            return entries.isEmpty() ? '{}' : "{\n${entries.join(',\n')}\n${indent}}"
        }
        if (given instanceof List) {
            return "[${(given as List<Object>).collect { one -> text(one, inner) }.join(', ')}]"
        }
        given instanceof Number || given instanceof Boolean ? given.toString() : quoted(given.toString())
    }

    /** The same in TOML. */
    static String quoted(String text) {
        "\"${text.replace('\\', '\\\\').replace('"', '\\"').replace('\n', '\\n').replace('\t', '\\t')}\""
    }
}
