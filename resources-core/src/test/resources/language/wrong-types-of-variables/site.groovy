int i = 'x'
List<String> list = 'x'
def make = { String n -> notice n }
make 5
