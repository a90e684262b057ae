package nginx
widget('a') { colr 'x' }
import java.io.File
