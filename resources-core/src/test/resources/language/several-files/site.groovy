notice fooo
include 'x'
