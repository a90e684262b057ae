class A extends Composite { String name; List<String> tags; void declare() { notice "p $name" } }
include(A, 'x') { name 'x' }
