policy.widget { allow 'red' }
policy.widgets {
    alow 'red'
    allow 3
    requireShine 'yes'
    mode 0644
    requires notice['x']
    requireShine = true
}
policy.widgets
policy.widgets(requireShine: true)
