void daemon(String name, int workers = 1) { notice "$name $workers" }
daemon('a', 'b')
daemon 3
def both = [notice('x')]
notice('d') { requires both, notice['x'] }
if (facts.cpus > '2') notice 'y'
widget('e') { color 'red' mode '0644' }
