def a = [1, 2]
notice "x ${a.get(5)}"
