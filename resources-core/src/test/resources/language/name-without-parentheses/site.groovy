widget 'a' { color 'red' }
