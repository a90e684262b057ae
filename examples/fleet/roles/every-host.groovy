include(Base)
include(Sudo)
include(Ssh)

group('ops') { gid 2000 }
lookup('people', Map, Object).each { account, about ->
    def person = about as Map<String, Object>
    include(Person, account) {
        uid person.uid as int
        fullName person.fullName as String
        groups person.groups as List<String>
    }
}

// Names without DNS: the fleet finds itself when that is away.
Fleet.hosts(lookup('fleet.hosts', Map, Object)).each { host ->
    hostsEntry("${host.name}.example.com", host.ip) { aliases host.name }
}
