/** What data/fleet.yaml says, as templates and modules take it. */
class Fleet {
    static List<Map<String, String>> hosts(Map<String, Object> all) {
        List<Map<String, String>> hosts = []
        all.each { name, about ->
            def host = about as Map<String, Object>
            Map<String, String> texts = [name: name, ip: host.ip as String, role: host.role as String]
            hosts << texts
        }
        hosts
    }

    /** The same as the module provisioning takes it. */
    static Map<String, Map<String, Object>> table(Map<String, Object> all) {
        Map<String, Map<String, Object>> table = [:]
        all.each { name, about ->
            def host = about as Map<String, Object>
            table.put(name, [ip: host.ip, mac: host.mac])
        }
        table
    }

    static List<Map<String, String>> of(Map<String, Object> all, String role) {
        hosts(all).findAll { host -> host.role == role }
    }
}
