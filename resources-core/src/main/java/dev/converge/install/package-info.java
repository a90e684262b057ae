/** Brings a site the modules that it lists: chosen, fetched from Git, verified, and locked. */
package dev.converge.install;
