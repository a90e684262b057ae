package dev.converge.source;

import dev.converge.provider.ResourceFailure;
import dev.converge.tidy.FileSize;
import java.io.IOException;

/** How much a fetch has brought so far, by what is on the disk: whatever a server sends and however, it does not fill it. */
final class Growth {
    private final SourceFolder.Work work;
    private final SourceSettings settings;
    private final long before;

    Growth(SourceFolder.Work work, SourceSettings settings) {
        this.work = work;
        this.settings = settings;
        this.before = size();
    }

    /** @throws ResourceFailure when it is too much */
    void look() {
        if (size() - before > settings.sizeLimit()) {
            throw new ResourceFailure(
                    "A fetch brings more than " + new FileSize(settings.sizeLimit()) + ", and was ended.",
                    "Take out of the repository what no host needs, its history included, or raise "
                            + settings.key("sizeLimit") + ".");
        }
    }

    private long size() {
        try {
            return work.size();
        } catch (IOException e) {
            return 0; // the next look sees it
        }
    }
}
