/** Values as YAML has them: maps in blocks, all else as in JSON, which is YAML too. */
class ConvergeagentYaml {
    private ConvergeagentYaml() {}

    static String of(Map<String, Object> keys) {
        keys.collect { key, given -> block(key, given) }.join('')
    }

    private static String block(String key, Object given) {
        if (given instanceof Map && !given.isEmpty()) {
            return "${key}:\n" + (given as Map<String, Object>).collect { inner, one -> "  ${inner}: ${flow(one)}\n" }.join('')
        }
        if (given instanceof List && !given.isEmpty()) {
            return "${key}:\n" + (given as List<Object>).collect { one -> "  - ${flow(one)}\n" }.join('')
        }
        "${key}: ${flow(given)}\n"
    }

    private static String flow(Object given) {
        if (given instanceof Map) {
            return "{ ${(given as Map<String, Object>).collect { key, one -> "${key}: ${flow(one)}" }.join(', ')} }"
        }
        if (given instanceof List) {
            return "[${(given as List<Object>).collect { one -> flow(one) }.join(', ')}]"
        }
        given instanceof Number || given instanceof Boolean ? given.toString() : "\"${given.toString().replace('\\', '\\\\').replace('"', '\\"')}\""
    }
}
