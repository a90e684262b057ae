package dev.converge.faults

import java.nio.file.Files
import java.nio.file.LinkOption
import java.nio.file.Path
import java.security.MessageDigest

/** What is in a folder: each path below it with its type, bits, owner and content. */
final class Snapshot {
    private static final int TYPE_BITS = 0170000
    private static final int MODE_BITS = 07777
    private static final int LINK = 0120000

    static final class Entry {
        int type
        int bits
        int uid
        int gid
        String content

        boolean isLink() {
            type == LINK
        }

        boolean same(Entry other) {
            type == other.type && content == other.content && bits == other.bits && uid == other.uid && gid == other.gid
        }

        @Override
        String toString() {
            String.format('%o %04o %d:%d %.12s', type, bits, uid, gid, content)
        }
    }

    /** By path, relative to the folder. */
    final SortedMap<String, Entry> entries = new TreeMap<>()

    /** @param but what the paths that are left out look like */
    static Snapshot of(Path folder, String but) {
        def shot = new Snapshot()
        Files.walk(folder).withCloseable { paths ->
            paths.each {
                String name = folder.relativize(it)
                if (!(name ==~ but)) {
                    shot.entries[name] = entry(it)
                }
            }
        }
        shot
    }

    private static Entry entry(Path path) {
        def found = Files.readAttributes(path, 'unix:mode,uid,gid', LinkOption.NOFOLLOW_LINKS)
        int mode = found.mode as int
        String content = Files.isSymbolicLink(path) ? Files.readSymbolicLink(path) as String : Files.isRegularFile(path) ? digest(Files.readAllBytes(path)) : ''
        // A link's bits mean nothing.
        new Entry(type: mode & TYPE_BITS, bits: (mode & TYPE_BITS) == LINK ? 0 : mode & MODE_BITS, uid: found.uid as int, gid: found.gid as int, content: content)
    }

    static String digest(byte[] bytes) {
        HexFormat.of().formatHex(MessageDigest.getInstance('SHA-256').digest(bytes))
    }

    /** How another one differs, a line for each path; empty when it does not. */
    List<String> differences(Snapshot other) {
        (entries.keySet() + other.entries.keySet()).toSorted().findAll {
            !(entries[it] && other.entries[it] && entries[it].same(other.entries[it]))
        }.collect { "$it: ${entries[it] ?: 'nothing'} became ${other.entries[it] ?: 'nothing'}".toString() }
    }
}
