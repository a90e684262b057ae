package dev.converge.pkg;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What holds for a whole transaction of apt-get.
 *
 * @param downgrades whether an older version is installed
 * @param held whether a package that is on hold changes
 */
record AptTerms(
        List<String> options,
        Optional<Boolean> recommends,
        boolean downgrades,
        boolean held,
        ConfigFiles configFiles,
        Duration lockTimeout) {
    static AptTerms of(PkgResource desired, boolean downgrades, boolean held) {
        return new AptTerms(
                desired.options(),
                desired.recommends(),
                downgrades,
                held,
                desired.configFiles(),
                desired.lockTimeout());
    }

    /** The options of apt-get(8). */
    List<String> words() {
        List<String> words = new ArrayList<>(List.of(
                "-y",
                "-q",
                "-o",
                "DPkg::Lock::Timeout=" + lockTimeout.toSeconds(),
                "-o",
                "Dpkg::Use-Pty=0",
                "-o",
                "Dpkg::Options::=" + (configFiles == ConfigFiles.KEEP ? "--force-confold" : "--force-confnew")));
        recommends.ifPresent(wanted -> words.add(wanted ? "--install-recommends" : "--no-install-recommends"));
        if (downgrades) {
            words.add("--allow-downgrades");
        }
        if (held) {
            words.add("--allow-change-held-packages");
        }
        words.addAll(options);
        return words;
    }
}
