package dev.converge

import java.nio.file.Files
import java.nio.file.LinkOption
import java.nio.file.Path

/** What is in some folders at one moment, byte by byte: two of them are equal when nothing at all was written between. */
final class FolderTree {
    private FolderTree() {}

    /** Each path below the folders with its type, mode, owner, times and a checksum of its content. */
    static SortedMap<String, String> of(Collection<Path> folders) {
        SortedMap<String, String> tree = new TreeMap<>()
        folders.each { Path folder ->
            Files.walk(folder).withCloseable { paths -> paths.each { tree[it.toString()] = describe(it) } }
        }
        tree
    }

    /** Without times: two of them are equal when what is there is. */
    static SortedMap<String, String> kinds(Collection<Path> folders) {
        SortedMap<String, String> tree = new TreeMap<>()
        folders.each { Path folder ->
            Files.walk(folder).withCloseable { paths -> paths.each { tree[it.toString()] = kind(it) } }
        }
        tree
    }

    private static String kind(Path path) {
        def at = Files.readAttributes(path, 'unix:mode,uid,gid', LinkOption.NOFOLLOW_LINKS)
        "$at.mode $at.uid $at.gid ${content(path)}"
    }

    private static String describe(Path path) {
        def at = Files.readAttributes(path, 'unix:mode,uid,gid,size,lastModifiedTime,ctime,ino', LinkOption.NOFOLLOW_LINKS)
        "$at.mode $at.uid $at.gid $at.size $at.lastModifiedTime $at.ctime $at.ino ${content(path)}"
    }

    private static String content(Path path) {
        Files.isSymbolicLink(path) ? Files.readSymbolicLink(path) as String
            : Files.isRegularFile(path) ? Arrays.hashCode(Files.readAllBytes(path)) as String : ''
    }
}
