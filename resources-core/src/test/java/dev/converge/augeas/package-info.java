/** Programs by which the tests of augeas measure it, and end it in the middle. */
package dev.converge.augeas;
