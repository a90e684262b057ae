// 30 hosts. What each is for is its role, a fact of its own: {"role": "web"} in /etc/converge/facts.d/role.json.
// Which hosts there are is data/fleet.yaml. To look at one from elsewhere: converge compile examples/fleet --facts FILE, with
// what "converge facts --output json" prints there, or here with the names and the role changed.
include 'roles/every-host'

if (facts['role'] == null) {
    fail 'This host has no role. Write one into /etc/converge/facts.d/role.json.'
}
include "roles/${facts['role']}"
