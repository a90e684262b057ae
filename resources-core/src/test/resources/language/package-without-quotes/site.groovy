package nginx
notice 'x'
