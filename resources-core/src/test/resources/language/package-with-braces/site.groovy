notice 'x'
package('nginx') { version '1' }
