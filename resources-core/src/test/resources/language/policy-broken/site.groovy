widget('early') { color 'green' }
policy.widgets {
    requireShine true
    allow 'red', 'blue'
    if (facts.cpus > 2) { allow 'white' }
}
widget('fine') { color 'red'; shiny true }
widget('white') { color 'white'; shiny true }
widget('dull') { color 'red' }
include(Box, 'b')
