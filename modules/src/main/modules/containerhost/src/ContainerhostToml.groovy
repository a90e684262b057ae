/** Values as TOML has them. */
class ContainerhostToml {
    private ContainerhostToml() {}

    static String value(Object given) {
        if (given instanceof List) {
            return "[${(given as List<Object>).collect { one -> value(one) }.join(', ')}]"
        }
        given instanceof Number || given instanceof Boolean ? given.toString() : ContainerhostJson.quoted(given.toString())
    }
}
