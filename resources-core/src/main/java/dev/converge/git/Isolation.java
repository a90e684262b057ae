package dev.converge.git;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
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
    private static final Duration COARSEST_TIMES = Duration.ofSeconds(2);

    private static final class NoConfig extends FileBasedConfig {
        NoConfig(Config parent, FS fs) {
            super(parent, null, fs);
            setBoolean(ConfigConstants.CONFIG_GC_SECTION, null, ConfigConstants.CONFIG_KEY_AUTODETACH, false);
        }

        /**
         * JGit measures how exact the times of each file system are: for seconds, with files that it writes beside the
         * repository, and anew in each run, since the result is kept in the account's configuration. Two seconds hold
         * everywhere; what is younger is compared by its content.
         */
        @Override
        public long getTimeUnit(String section, String subsection, String name, long defaultValue, TimeUnit unit) {
            if (section.equals(ConfigConstants.CONFIG_FILESYSTEM_SECTION)) {
                return name.equals(ConfigConstants.CONFIG_KEY_TIMESTAMP_RESOLUTION) ? unit.convert(COARSEST_TIMES) : 0;
            }
            return super.getTimeUnit(section, subsection, name, defaultValue, unit);
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
