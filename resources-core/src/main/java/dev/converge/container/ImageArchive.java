package dev.converge.container;

import dev.converge.model.SiteFiles;
import dev.converge.provider.Host;
import dev.converge.schema.Parsing;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An archive of images, as {@code docker save} writes it.
 *
 * @param written as the manifest says it
 * @param path on the host when {@code written} is absolute, else in the site
 */
public record ImageArchive(String written, Path path) {
    private static final int BLOCK = 512;
    private static final int SIZE_AT = 124;
    private static final int SIZE_DIGITS = 12;
    private static final int NAME_LENGTH = 100;
    private static final int LONGEST_LIST = 1 << 24;
    private static final Pattern ID = Pattern.compile("([0-9a-f]{64})(?:\\.json)?$");

    /** An absolute path on the host, or a name below the site's {@code files/}. */
    public static ImageArchive parse(String text, SiteFiles files) {
        return new ImageArchive(text, text.startsWith("/") ? Parsing.path(text) : files.resolve(text));
    }

    Path on(Host host) {
        return written.startsWith("/") ? host.path(path) : path;
    }

    /**
     * The ids of the images in an archive by their names. Only its list of contents is read, not the images.
     *
     * @throws IOException when it is no such archive
     */
    static Map<ImageName, String> images(Path tar) throws IOException {
        Map<ImageName, String> images = new LinkedHashMap<>();
        for (Json image : Json.parse(member(tar, "manifest.json")).items()) {
            Matcher id = ID.matcher(image.at("Config").text().orElse(""));
            if (id.find()) {
                image.at("RepoTags")
                        .texts()
                        .forEach(name -> images.put(ImageName.parse(name), "sha256:" + id.group(1)));
            }
        }
        return images;
    }

    private static byte[] member(Path tar, String wanted) throws IOException {
        try (SeekableByteChannel in = Files.newByteChannel(tar)) {
            ByteBuffer header = ByteBuffer.allocate(BLOCK);
            while (in.position() + BLOCK <= in.size()) {
                fill(in, header.clear());
                String name = text(header, 0, NAME_LENGTH);
                String digits = text(header, SIZE_AT, SIZE_DIGITS).strip();
                if (!digits.matches("[0-7]*")) {
                    throw new IOException("it is no tar archive");
                }
                long size = digits.isEmpty() ? 0 : Long.parseLong(digits, 8);
                if (name.equals(wanted) && size <= LONGEST_LIST) {
                    ByteBuffer content = ByteBuffer.allocate((int) size);
                    fill(in, content);
                    return content.array();
                }
                in.position(in.position() + (size + BLOCK - 1) / BLOCK * BLOCK);
            }
        }
        throw new IOException("it has no " + wanted + ", so docker save or podman save did not write it");
    }

    private static void fill(SeekableByteChannel in, ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            if (in.read(buffer) < 0) {
                throw new EOFException("it ends too early");
            }
        }
    }

    private static String text(ByteBuffer header, int at, int length) {
        String field = new String(header.array(), at, length, StandardCharsets.UTF_8);
        int end = field.indexOf('\0');
        return end < 0 ? field : field.substring(0, end);
    }

    @Override
    public String toString() {
        return written;
    }
}
