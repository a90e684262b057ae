policy.widgets { allow 'red' }
policy.widgets { mode '9' }
