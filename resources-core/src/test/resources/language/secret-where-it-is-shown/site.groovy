def key = secret('hunter2')
widget('a') { color "x${key}" }
widget("n-$key") { color 'red' }
widget('c') { color 'red'; parts 'a', 'b' + key; labels k: key }
widget('d') { color 'red'; content key.toString().substring(1) }
