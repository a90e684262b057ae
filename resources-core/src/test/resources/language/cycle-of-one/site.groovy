widget('a') { color 'x'; requires widget['a'] }
