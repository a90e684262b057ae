int a = 0
notice "x ${1.intdiv(a)}"
