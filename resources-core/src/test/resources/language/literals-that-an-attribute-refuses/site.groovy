widget('g') { color 'red'; mode '9999' }
widget('h') { color 'red'; lifetime '3 parsecs' }
widget('i') { color 'red'; home 'relative' }
widget('j') { color 'red'; finish 'rough' }
widget('k') { color 'red'; ensure 'gone' }
widget('l') { color 'red'; colr 'red' }
