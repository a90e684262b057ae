/** A resource type with an attribute of every kind, for the tests of the language. */
package dev.converge.widget;
