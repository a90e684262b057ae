notice 'before'
include(Web) { port 80 }
