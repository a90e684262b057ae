package dev.converge.git;

import java.util.Map;

/**
 * What files a site has, by the names that Git gives to content: whoever has them has the files, or nothing.
 *
 * @param id the tree of the site's folder
 * @param submodules by their paths in that folder
 */
public record SiteTree(String id, Map<String, Submodule> submodules) {
    /**
     * Another repository in the folder.
     *
     * @param commit what the site says that it is at
     * @param tree its files; empty text where submodules are not wanted, and the folder is empty
     */
    public record Submodule(String commit, String tree) {}

    public SiteTree {
        submodules = Map.copyOf(submodules);
    }
}
