def x = null
String y = x
notice y.toUpperCase()
