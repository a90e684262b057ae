widget('a') {
  color 'red'
notice 'x'
