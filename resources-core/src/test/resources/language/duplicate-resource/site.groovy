widget('g') { color 'red' }
widget('g') { color 'blue' }
