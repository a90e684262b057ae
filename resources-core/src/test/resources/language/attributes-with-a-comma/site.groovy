widget('a') { color 'red', mode '0644' }
