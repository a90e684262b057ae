widget('nginx') { color 'red'; requires widget['ngnix'] }
widget['nope'] >> widget['nginx']
widgt['nope'] >> widget['nginx']
