package dev.converge.git;

import dev.converge.diagnostic.Suggestions;
import dev.converge.provider.ResourceFailure;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;

/** Finds what is meant among the branches and tags of a repository. */
final class RefNames {
    private RefNames() {}

    /**
     * A branch comes before a tag of the same name; either can be named in full.
     *
     * @throws ResourceFailure when there is no such thing
     */
    static RefTip tip(GitAddress address, String name, Map<String, Ref> refs) {
        for (String whole : List.of(name, Constants.R_HEADS + name, Constants.R_TAGS + name)) {
            Ref ref = refs.get(whole);
            boolean named = whole.startsWith(Constants.R_HEADS) || whole.startsWith(Constants.R_TAGS);
            if (ref != null && (named || whole.equals(Constants.HEAD))) {
                return tip(ref, refs);
            }
        }
        throw unknown(address, name, refs);
    }

    static ResourceFailure unknown(GitAddress address, String name, Map<String, Ref> refs) {
        List<String> names = refs.keySet().stream()
                .filter(one -> one.startsWith(Constants.R_HEADS) || one.startsWith(Constants.R_TAGS))
                .map(one -> one.replaceFirst("refs/[^/]+/", ""))
                .toList();
        return new ResourceFailure(
                address + " has neither a branch nor a tag \"" + name + "\".",
                Suggestions.didYouMean(name, names).orElse("Name one of those, or a commit by all of its 40 digits."));
    }

    private static RefTip tip(Ref ref, Map<String, Ref> refs) {
        ObjectId peeled = Optional.ofNullable(ref.getPeeledObjectId())
                .or(() -> Optional.ofNullable(refs.get(ref.getName() + "^{}")).map(Ref::getObjectId))
                .orElse(ref.getObjectId());
        Optional<String> tag = peeled.equals(ref.getObjectId())
                ? Optional.empty()
                : Optional.of(ref.getObjectId().name());
        return new RefTip(peeled.name(), tag, Optional.of(ref.getName()));
    }
}
