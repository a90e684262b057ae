widget('a') { color 'red'; requires widget['b'] }
widget('b') { color 'red'; requires widget['c'] }
widget('c') { color 'red' }
widget['a'] >> widget['c']
