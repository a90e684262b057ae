package dev.converge.container

import dev.converge.FolderHost
import dev.converge.provider.Host
import dev.converge.testhost.ContainerEngine
import java.nio.file.Path

/** This machine, with an engine of a spec's own at the place where engines usually listen. */
final class EngineHost implements Host {
    @Delegate(excludes = ['path'])
    private final Host machine = new FolderHost(Path.of('/'))
    private final ContainerEngine engine

    EngineHost(ContainerEngine engine) {
        this.engine = engine
    }

    @Override
    Path path(Path absolute) {
        absolute == KnownEngines.USUAL[0] ? engine.socket : absolute
    }
}
