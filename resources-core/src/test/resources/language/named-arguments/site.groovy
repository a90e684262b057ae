widget('a', color: 'red')
widget(name: 'b') { color 'red' }
widget(5) { color 'red' }
