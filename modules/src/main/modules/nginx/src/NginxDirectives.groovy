/** Directives of nginx, from names and values. */
class NginxDirectives {
    private NginxDirectives() {}

    /** A list gives a directive several times, true and false are on and off, and one without a value (null or an empty text) is left out. */
    static List<String> lines(Map<String, Object> directives) {
        List<String> lines = []
        directives.each { name, given ->
            List<Object> values = given instanceof List ? given as List<Object> : [given]
            values.findAll { one -> one != null && one != '' }.each { one -> lines << "${name} ${word(one)};".toString() }
        }
        lines
    }

    private static String word(Object value) {
        value == true ? 'on' : value == false ? 'off' : value.toString()
    }
}
