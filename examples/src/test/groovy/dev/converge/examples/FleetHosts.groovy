package dev.converge.examples

import dev.converge.Repository
import dev.converge.facts.Facts
import dev.converge.facts.FixedFacts
import dev.converge.testing.ManifestSpec
import org.snakeyaml.engine.v2.api.Load
import org.snakeyaml.engine.v2.api.LoadSettings
import tools.jackson.databind.json.JsonMapper

/** The hosts of examples/fleet, with the facts of the systems that they have. */
final class FleetHosts {
    static final Map<String, Map<String, String>> ALL = new Load(LoadSettings.builder().build())
        .loadFromString(Repository.text('examples/fleet/data/fleet.yaml'))['fleet.hosts'] as Map

    private static final Map<String, Map<String, Object>> SYSTEMS = [:].withDefault {
        ManifestSpec.getResourceAsStream("facts/${it}.json").withCloseable { new JsonMapper().readValue(it, Map) }
    }

    private FleetHosts() {}

    static Facts facts(String host) {
        factsAs(host, host)
    }

    /** Those of a host, under another name: a fleet as large as one likes. */
    static Facts factsAs(String host, String name) {
        def about = ALL[host]
        new Facts(new FixedFacts(SYSTEMS[about.system] + [hostname: name, fqdn: "${name}.example.com" as String, role: about.role]))
    }
}
