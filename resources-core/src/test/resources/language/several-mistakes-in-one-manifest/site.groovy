wiget('a') { color 'red' }
widget('b') { colour 'red' }
widget('c') { color 5 }
widget('d') { size 'big'; color 'red' }
widget('e') { }
widget 'f'
widget('g') { color 'red'; mode 0644 }
widget('h') { color 'red'; mode 440 }
widget('i') { color 'red'; shiny 'yes' }
widget('j') { color = 'red' }
widget('k') { color 'red'; lifetime 30 }
widget('l') { color red }
