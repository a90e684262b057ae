package dev.converge.plan;

import dev.converge.provider.Action;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a plan says of one resource that it changes or refreshes.
 *
 * @param id such as {@code file[/etc/motd]}
 * @param action what happens to the resource; empty when it is only refreshed
 * @param attributes each one that changes, as it is shown to people
 * @param recreated whether the thing is made anew
 * @param refreshed whether a refresh follows
 * @param after the planned change that comes before this one: it may alter what this one finds
 * @param expected whether it could not be observed before that one is made
 * @param digests what it was judged by
 * @param details what else there is to show, such as the difference of a content; never compared
 */
record PlannedChange(
        String id,
        Optional<Action> action,
        List<ShownAttribute> attributes,
        boolean recreated,
        boolean refreshed,
        Optional<String> after,
        boolean expected,
        Digests digests,
        Map<String, Object> details) {

    /**
     * An attribute as it is shown, secrets masked.
     *
     * @param before what was found; empty where there was nothing
     * @param after what the manifest says
     */
    record ShownAttribute(String name, Optional<Object> before, Object after) {}

    /**
     * Digests that only the host can make; all empty for what is only refreshed.
     *
     * @param observed of what was found; empty for what could not be observed
     * @param files of the files that are touched in part; empty where there are none
     * @param desired of what the manifest says
     */
    record Digests(Optional<String> observed, Optional<String> files, Optional<String> desired) {
        static final Digests NONE = new Digests(Optional.empty(), Optional.empty(), Optional.empty());
    }

    PlannedChange {
        attributes = List.copyOf(attributes);
        details = Collections.unmodifiableMap(new LinkedHashMap<>(details));
    }

    List<String> names() {
        return attributes.stream().map(ShownAttribute::name).toList();
    }

    Optional<ShownAttribute> attribute(String name) {
        return attributes.stream().filter(one -> one.name().equals(name)).findFirst();
    }
}
