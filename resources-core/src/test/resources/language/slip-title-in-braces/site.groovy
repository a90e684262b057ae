notice { 'x': message 'a' }
