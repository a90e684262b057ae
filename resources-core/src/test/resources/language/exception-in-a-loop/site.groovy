[1,2,0].each {
  def y = 10.intdiv(it)
  notice "n$y"
}
