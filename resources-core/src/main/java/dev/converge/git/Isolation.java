package dev.converge.git;

import java.io.IOException;
import org.eclipse.jgit.errors.ConfigInvalidException;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.ConfigConstants;
import org.eclipse.jgit.lib.StoredConfig;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;

/**
 * Keeps what the account that runs Converge has in its own Git configuration out of a run: the same manifest checks out
 * the same files everywhere, no git program is looked for, and nothing goes on in the background after a checkout.
 */
final class Isolation extends SystemReader.Delegate {
    private static final class NoConfig extends FileBasedConfig {
        NoConfig(Config parent, FS fs) {
            super(parent, null, fs);
            setBoolean(ConfigConstants.CONFIG_GC_SECTION, null, ConfigConstants.CONFIG_KEY_AUTODETACH, false);
        }

        @Override
        public void load() throws IOException, ConfigInvalidException {
            // there is nothing to read
        }

        @Override
        public void save() throws IOException {
            // there is nowhere to write to
        }

        @Override
        public boolean isOutdated() {
            return false;
        }
    }

    static {
        SystemReader.setInstance(new Isolation(SystemReader.getInstance()));
    }

    private Isolation(SystemReader outer) {
        super(outer);
    }

    /** Loads the class, which is all that is needed. */
    static void begin() {}

    @Override
    public FileBasedConfig openUserConfig(Config parent, FS fs) {
        return new NoConfig(parent, fs);
    }

    @Override
    public FileBasedConfig openSystemConfig(Config parent, FS fs) {
        return new NoConfig(parent, fs);
    }

    @Override
    public FileBasedConfig openJGitConfig(Config parent, FS fs) {
        return new NoConfig(parent, fs);
    }

    @Override
    public StoredConfig getUserConfig() {
        return new NoConfig(null, FS.DETECTED);
    }

    @Override
    public StoredConfig getSystemConfig() {
        return new NoConfig(null, FS.DETECTED);
    }

    @Override
    public StoredConfig getJGitConfig() {
        return new NoConfig(null, FS.DETECTED);
    }
}
