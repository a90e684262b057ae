widget('a') { color 'red'; requires widget('b') }
widget('c') { color 'red'; requires widget }
widget nginx
widget('d') { color 'red'; requires 'widget[b]' }
