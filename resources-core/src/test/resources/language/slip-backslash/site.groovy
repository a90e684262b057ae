file('/x') { content 'a\d' }
