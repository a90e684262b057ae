package dev.converge.textedit;

import dev.converge.firstboot.FirstBoot;
import dev.converge.firstboot.Scene;
import dev.converge.firstboot.Step;
import dev.converge.model.Content;
import dev.converge.model.Declared;
import java.util.List;
import java.util.Optional;

/** Keeps marked blocks in files of others. */
public final class BlockProvider extends FilePartProvider<BlockResource> implements FirstBoot<BlockResource> {
    @Override
    protected FilePart<BlockResource> part(BlockResource desired) {
        return new BlockPart(desired);
    }

    @Override
    protected BlockResource named(String name) {
        CommentStyle hash = CommentStyle.parse("#");
        return new BlockResource(
                BlockName.parse(name), Content.of(""), hash, Optional.empty(), Optional.empty(), false, List.of());
    }

    @Override
    public List<Step> steps(Declared<BlockResource> declared, Scene scene) {
        return BlockFirstBoot.steps(declared);
    }
}
