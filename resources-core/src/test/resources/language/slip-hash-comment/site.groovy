# hello
notice 'x'
