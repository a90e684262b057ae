def x = 'abc'
notice "${x as int}"
