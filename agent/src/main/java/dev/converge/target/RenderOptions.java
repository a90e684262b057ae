package dev.converge.target;

/**
 * What the user asks of a target.
 *
 * @param lenient whether what cannot be expressed is a warning and a comment in the output
 * @param allowSecrets whether secrets may stand in the output, where others can read them
 */
public record RenderOptions(boolean lenient, boolean allowSecrets) {}
