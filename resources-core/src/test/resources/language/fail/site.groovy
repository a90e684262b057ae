fail "no way: ${facts.cpus}"
