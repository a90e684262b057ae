def f
void rec() { rec() }
rec()
