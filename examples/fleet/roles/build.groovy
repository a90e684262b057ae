user('build') { system true; home '/var/lib/build'; manageHome true }
(1..facts.cpus).each { slot ->
    directory("/var/lib/build/slot-${slot}") { owner 'build'; mode '0700' }
}
tidy('/var/lib/build') { age '14d'; recurse true; directories true }
