/** What a run did, as values: the converger makes them, printers and stores read them. */
package dev.converge.report;
