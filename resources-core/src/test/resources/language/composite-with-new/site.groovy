class A extends Composite { void declare() { } }
new A()
