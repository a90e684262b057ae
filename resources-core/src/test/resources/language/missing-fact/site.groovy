notice "x ${facts.virtual}"
