/** Files of settings: YAML maps whose keys and values know their places, and that tell all that is wrong in one go. */
package dev.converge.yaml;
