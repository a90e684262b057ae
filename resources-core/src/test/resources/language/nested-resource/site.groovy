widget('a') { color 'red'; notice 'x' }
widget('b') { color 'red'; notice('x') { message 'y' } }
