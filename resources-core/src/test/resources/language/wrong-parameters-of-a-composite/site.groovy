class A extends Composite { String port; List<String> l; int n = 1; void declare() { notice "p $port" } }
include(A, 'x') { prt '8080'; port = '5'; notice 'x'; l 'a'; n 'x' }
include(A, 'y') { port 8080; requires 'x' }
include(B, 'z')
include(a)
include(A, 'q') { port colr }
include(Composite)
