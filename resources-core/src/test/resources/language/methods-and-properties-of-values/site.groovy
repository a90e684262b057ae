String text = 'x'
notice text.upper()
notice text.colour
def any = facts['role']
notice any.name
