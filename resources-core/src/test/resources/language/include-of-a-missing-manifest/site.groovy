include 'roles/web'
