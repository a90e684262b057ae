// Names, addresses and what to boot, for every host of the fleet: all from data/fleet.yaml.
include(Provisioning) { hosts Fleet.table(lookup('fleet.hosts', Map, Object)) }
