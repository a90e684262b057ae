/** YAML whose keys and values know their places: nodes, and maps of settings that tell all that is wrong in one go. */
package dev.converge.yaml;
