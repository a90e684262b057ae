	widget('a') {
		colr	'red'
	}
