/** What authors of manifests and modules test with: specs that compile, assert on catalogs, and converge throw-away hosts. */
package dev.converge.testing;
