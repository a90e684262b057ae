include(Ngnix)
