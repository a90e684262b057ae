/** Settings in files with sections in brackets: found and changed one by one, all else stays as it is. */
package dev.converge.ini;
