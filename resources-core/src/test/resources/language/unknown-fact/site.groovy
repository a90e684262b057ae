notice "x ${facts['nothere']}"
notice "x ${facts.os.famly}"
