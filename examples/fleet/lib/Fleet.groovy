/** What data/fleet.yaml says, as templates take it. */
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

    static List<Map<String, String>> of(Map<String, Object> all, String role) {
        hosts(all).findAll { host -> host.role == role }
    }
}
