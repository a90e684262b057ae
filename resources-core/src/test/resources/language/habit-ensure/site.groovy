service('a') { ensure 'running' }
service('b') { ensure 'stopped' }
mount('/srv/c') { device 'tmpfs'; ensure 'mounted' }
pkg('d') { ensure '1.2-3' }
file('/srv/e') { ensure 'directory' }
file('/srv/f') { ensure 'link' }
file('/srv/g') { ensure 'gone' }
