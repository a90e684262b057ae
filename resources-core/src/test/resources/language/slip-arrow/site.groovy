notice['a'] -> notice['b']
