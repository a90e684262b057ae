/** Composite resources that ship with Converge. */
package dev.converge.modules;
