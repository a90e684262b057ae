user('deploy') { system true; home '/srv/shop' }
directory('/srv/shop') { owner 'deploy'; mode '0755' }
include(Nginx)
include(NginxSite, 'shop') { root '/srv/shop' }
