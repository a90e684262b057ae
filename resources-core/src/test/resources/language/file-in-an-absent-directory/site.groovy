directory('/srv/a') { ensure 'absent'; force true }
file('/srv/a/x') { content 'x' }
directory('/srv/a/b')
link('/srv/a/l') { ensure 'absent' }
file('/srv/ab') { content 'fine' }
directory('/srv/a/b/c') { ensure 'absent' }
