// 30 hosts. What each is for is its role, a fact of its own: {"role": "web"} in /etc/converge/facts.d/role.json.
// Which hosts there are is data/fleet.yaml.
include 'roles/every-host'

if (facts['role'] == null) {
    fail 'This host has no role. Write one into /etc/converge/facts.d/role.json.'
}
include "roles/${facts['role']}"
