widget('a') { color 'red' ))
