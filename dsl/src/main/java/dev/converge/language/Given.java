package dev.converge.language;

import dev.converge.diagnostic.SourceRange;

/** A value as the author gave it, before its type has looked at it. */
record Given(Object value, SourceRange at) {}
