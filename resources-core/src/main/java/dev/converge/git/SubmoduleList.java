package dev.converge.git;

import dev.converge.provider.ResourceFailure;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.jgit.errors.ConfigInvalidException;
import org.eclipse.jgit.lib.BlobBasedConfig;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.ConfigConstants;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.treewalk.TreeWalk;

/** Where a commit says that the other repositories in it come from; see gitmodules(5). */
record SubmoduleList(Map<String, String> urls) {
    static SubmoduleList of(Repository repository, ObjectId commit) throws IOException {
        Map<String, String> urls = new HashMap<>();
        try (TreeWalk file =
                TreeWalk.forPath(repository, Constants.DOT_GIT_MODULES, SiteExport.tree(repository, commit))) {
            if (file == null) {
                return new SubmoduleList(Map.of());
            }
            Config config = new BlobBasedConfig(null, repository, file.getObjectId(0));
            String section = ConfigConstants.CONFIG_SUBMODULE_SECTION;
            for (String name : config.getSubsections(section)) {
                String path = config.getString(section, name, ConfigConstants.CONFIG_KEY_PATH);
                String url = config.getString(section, name, ConfigConstants.CONFIG_KEY_URL);
                if (path != null && url != null) {
                    urls.put(path, url);
                }
            }
        } catch (ConfigInvalidException e) {
            throw new ResourceFailure(
                    "The commit's " + Constants.DOT_GIT_MODULES + " cannot be read: " + e.getMessage() + ".",
                    "Correct it, and push.");
        }
        return new SubmoduleList(Map.copyOf(urls));
    }

    String url(String path) {
        if (!urls.containsKey(path)) {
            throw new ResourceFailure(
                    "The commit has a submodule " + path + " that " + Constants.DOT_GIT_MODULES + " does not name.",
                    "Add it anew with git submodule add, and push.");
        }
        return urls.get(path);
    }
}
