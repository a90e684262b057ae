package dev.converge.pkg;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What holds for a whole transaction of a package manager.
 *
 * @param downgrades whether an older version is installed
 * @param held whether a package that is on hold changes
 */
record Terms(
        List<String> options,
        Optional<Boolean> recommends,
        boolean downgrades,
        boolean held,
        ConfigFiles configFiles,
        Duration lockTimeout) {
    static Terms of(PkgResource desired, boolean downgrades, boolean held) {
        return new Terms(
                desired.options(),
                desired.recommends(),
                downgrades,
                held,
                desired.configFiles(),
                desired.lockTimeout());
    }
}
