package dev.converge.git;

import dev.converge.model.InvalidValueException;
import dev.converge.provider.ResourceFailure;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.URIish;

/** Brings the other repositories of a site, each at the commit that the site names. */
public final class Submodules {
    private static final int DEEPEST = 8;

    private final Path folder;
    private final Conversations conversations;
    private final Optional<Path> earlier;
    private final Room room;
    private final Map<String, SiteTree.Submodule> nested = new TreeMap<>();
    private int depth;

    /**
     * @param folder where copies of their repositories are kept
     * @param earlier an earlier export of the whole site
     * @param room how much the whole site may take
     */
    public Submodules(Path folder, Conversations conversations, Optional<Path> earlier, Room room) {
        this.room = room;
        this.folder = folder;
        this.conversations = conversations;
        this.earlier = earlier;
    }

    Map<String, SiteTree.Submodule> nested() {
        return nested;
    }

    /** @return the tree of the commit */
    String write(GitAddress parent, String url, ObjectId commit, Path place, String path) throws IOException {
        if (++depth > DEEPEST) {
            throw new ResourceFailure(
                    "Submodules are nested more than " + DEEPEST + " deep, at " + path + ".", "Nest them less.");
        }
        GitAddress address = address(parent, url);
        try (SiteMirror mirror = SiteMirror.open(folder.resolve(name(address)), address)) {
            fetch(mirror, commit, access(parent, address), path);
            return write(mirror, commit, place, path);
        } finally {
            depth--;
        }
    }

    private void fetch(SiteMirror mirror, ObjectId commit, Access access, String path) throws IOException {
        try {
            RefTip wanted = new RefTip(commit.name(), Optional.empty(), Optional.empty());
            mirror.fetch(wanted, Optional.empty(), conversations, access);
        } catch (ResourceFailure e) {
            throw new ResourceFailure(
                    "The submodule " + path + " cannot be had. " + e.getMessage(),
                    e.advice().orElse(""));
        }
    }

    private String write(SiteMirror mirror, ObjectId commit, Path place, String path) throws IOException {
        Repository repository = mirror.repository();
        SubmoduleList list = SubmoduleList.of(repository, commit);
        ObjectId tree = SiteExport.tree(repository, commit);
        Optional<Path> before = earlier.map(site -> site.resolve(path));
        new TreeFiles(place, before, room, (below, id, at) -> {
                    String whole = path + "/" + below;
                    String found = write(mirror.address(), list.url(below), id, at, whole);
                    nested.put(whole, new SiteTree.Submodule(id.name(), found));
                })
                .write(repository, tree, "");
        return tree.name();
    }

    /** A password goes to the server that it is for, and to no other that a commit may name. */
    private Access access(GitAddress parent, GitAddress address) {
        Access access = conversations.access();
        try {
            if (Conversation.isSameServer(new URIish(parent.text()), new URIish(address.text()))) {
                return access;
            }
        } catch (URISyntaxException e) {
            // then it is another one
        }
        return new Access(Optional.empty(), Optional.empty(), access.sshKey(), access.knownHosts(), access.caFile());
    }

    private static GitAddress address(GitAddress parent, String url) {
        try {
            boolean local = url.startsWith("/") || url.startsWith("file:");
            boolean localParent =
                    !parent.isHttp() && !parent.isSsh() && !parent.text().startsWith("git:");
            if (local && !localParent) {
                throw new InvalidValueException(
                        "\"" + url + "\" is a folder of this machine, and the site is not from there.",
                        "Name an address of a server, or a relative one.");
            }
            return GitAddress.parse(isRelative(url) ? joined(parent.text(), url) : url);
        } catch (InvalidValueException e) {
            throw new ResourceFailure(
                    "The commit names a submodule by an address that cannot be used. " + e.getMessage(),
                    e.advice().orElse(""));
        }
    }

    private static boolean isRelative(String url) {
        return url.startsWith("./") || url.startsWith("../");
    }

    /** As git-submodule(1) does. */
    private static String joined(String parent, String url) {
        String base = parent.replaceFirst("/+$", "");
        String rest = url;
        while (isRelative(rest)) {
            if (rest.startsWith("../")) {
                base = base.substring(0, Math.max(0, Math.max(base.lastIndexOf('/'), base.lastIndexOf(':') + 1)));
            }
            rest = rest.substring(rest.indexOf('/') + 1);
        }
        return base + (base.endsWith(":") ? "" : "/") + rest;
    }

    private static String name(GitAddress address) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(address.text().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 16) + ".git";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
