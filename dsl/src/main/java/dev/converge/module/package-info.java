/** Modules: composites with their files, templates and data, in a folder that sites share. */
package dev.converge.module;
