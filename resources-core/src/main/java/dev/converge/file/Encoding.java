package dev.converge.file;

/** How a manifest writes content. */
public enum Encoding {
    TEXT,
    /** As RFC 4648 has it, for bytes that are no text. */
    BASE64
}
