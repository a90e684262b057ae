/** Libraries that few runs need: in a folder of their own, and on no class path. */
package dev.converge.separate;
