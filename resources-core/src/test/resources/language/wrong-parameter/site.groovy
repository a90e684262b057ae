class A extends Composite { String port; void declare() { notice "p $port" } }
include(A, 'x') { prt '8080' }
include(A, 'y') { port 8080 }
include(A, 'z')
include(A) { port 'a' }
include(A) { port 'b' }
