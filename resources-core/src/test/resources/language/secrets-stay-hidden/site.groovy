widget('a') { color secret('hunter2-a') }
widget('b') { color 'red'; password = 'hunter2-b' }
widget('c') { colour 'red'; password 'hunter2-c' }
widget('d') { color 'red'; password 12345678 }
