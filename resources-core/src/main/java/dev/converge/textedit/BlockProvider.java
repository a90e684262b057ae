package dev.converge.textedit;

/** Keeps marked blocks in files of others. */
public final class BlockProvider extends FilePartProvider<BlockResource> {
    @Override
    protected FilePart<BlockResource> part(BlockResource desired) {
        return new BlockPart(desired);
    }
}
