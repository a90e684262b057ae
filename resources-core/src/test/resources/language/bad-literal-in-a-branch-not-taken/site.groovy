if (facts.os.family == 'redhat') { widget('a') { color 'x'; mode '9999' } }
widget('b') { color 'x'; mode '9999' }
widget('c') { mode '0644' }
widget('c') { mode '0644' }
notice('n') { requires widget['b'], widget['q'], widget['c'] }
