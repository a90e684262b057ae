/**
 * What is done to a machine at its first boot, in steps that do not depend on the target that renders them. Each
 * resource type lowers itself to a few of them; each target renders them, and says what it cannot express.
 */
package dev.converge.firstboot;
