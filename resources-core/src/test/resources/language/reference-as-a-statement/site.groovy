pkg['nginx']
if (facts.cpus > 1) {
    notice['x']
}
notice('y') {
    pkg['curl']
}
def all = ['y'].collect { notice[it] }
Reference one() { notice['y'] }
notice('z') { requires all; requires one() }
notice['z', 'y']
notice['z'] >> notice['y']
