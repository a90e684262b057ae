package dev.converge.language;

import dev.converge.diagnostic.SourceRange;
import dev.converge.model.Edge;

/** An order as the author wrote it, before its names are looked up. */
record WrittenOrder(Reference first, Reference second, Edge.Kind kind, String word, SourceRange at) {}
