package 'nginx'
notice 'x'
