/** The language: from a site's Groovy text to a catalog. The only package that knows Groovy. */
package dev.converge.language;
