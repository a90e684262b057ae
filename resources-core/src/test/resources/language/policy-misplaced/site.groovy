include(Box, 'b')
def p = policy.widgets { allow 'red' }
policy.widgets { allow 'red'; return }
widget('w') {
    color 'red'
    policy.widgets { allow 'red' }
}
notice policy
