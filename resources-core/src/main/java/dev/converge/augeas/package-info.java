/** Configuration files as trees, through libaugeas: only the lines that an edit is about change. */
package dev.converge.augeas;
