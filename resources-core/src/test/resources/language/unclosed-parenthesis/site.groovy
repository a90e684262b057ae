def x = = 3
notice 'a'
if (x { }
