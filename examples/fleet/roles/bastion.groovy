// What data/roles/bastion.yaml says of ssh is most of it.
pkg(['fail2ban', 'tmux'])
service('fail2ban') { running true; enabled true; requires pkg['fail2ban'] }
