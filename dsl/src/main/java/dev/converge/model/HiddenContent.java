package dev.converge.model;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/**
 * Content that its author does not want to see in reports.
 *
 * @param inner the content itself
 */
record HiddenContent(Content inner) implements Content {
    @Override
    public long size() {
        return inner.size();
    }

    @Override
    public boolean isSensitive() {
        return true;
    }

    @Override
    public InputStream open() throws IOException {
        return inner.open();
    }

    @Override
    public byte[] bytes() {
        return inner.bytes();
    }

    @Override
    public List<Secret> secrets() {
        return inner.secrets();
    }

    @Override
    public String identity() {
        return inner.identity();
    }

    @Override
    public boolean movesByItself() {
        return inner.movesByItself();
    }

    @Override
    public boolean satisfiedBy(Content observed) {
        return this == observed || inner.satisfiedBy(observed);
    }

    @Override
    public String toString() {
        return Secret.MASK;
    }
}
