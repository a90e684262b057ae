import java.io.File

notice 'x'.execute().text
new File('/etc/passwd').text
File file = ['/etc/passwd']
System.exit(1)
notice "${facts.class}"
widget('a') { colr 'red' }
