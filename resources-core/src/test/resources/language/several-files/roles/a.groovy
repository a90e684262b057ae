notice barr
widget('x') { size 'a' }
