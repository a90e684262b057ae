package dev.converge.language;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a class file refers to, from its constant pool (The Java Virtual Machine Specification, section 4.4).
 *
 * @param classes names of all classes that it names, those of arrays' elements among them
 * @param members methods and fields of other classes, as {@code java.lang.String.length}
 * @param dynamic names of what is chosen only at the moment of a call, such as {@code cast} or {@code invoke getAt}
 */
record ClassReferences(Set<String> classes, Set<String> members, Set<String> dynamic) {
    private static final int UTF8 = 1;
    private static final int LONG = 5;
    private static final int DOUBLE = 6;
    private static final int CLASS = 7;
    private static final int STRING = 8;
    private static final int FIELD = 9;
    private static final int INTERFACE_METHOD = 11;
    private static final int METHOD_HANDLE = 15;
    private static final int METHOD_TYPE = 16;
    private static final int DYNAMIC = 17;
    private static final int INVOKE_DYNAMIC = 18;
    private static final int MODULE = 19;
    private static final int PACKAGE = 20;

    private record Entry(int tag, int first, int second, String text) {}

    static ClassReferences of(byte[] classFile) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(classFile))) {
            in.skipNBytes(Integer.BYTES + 2L * Short.BYTES);
            Entry[] pool = new Entry[in.readUnsignedShort()];
            for (int i = 1; i < pool.length; i++) {
                pool[i] = entry(in);
                if (pool[i].tag() == LONG || pool[i].tag() == DOUBLE) {
                    i++;
                }
            }
            return collect(pool, bootstraps(in, pool));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Entry entry(DataInputStream in) throws IOException {
        int tag = in.readUnsignedByte();
        return switch (tag) {
            case UTF8 -> new Entry(tag, 0, 0, in.readUTF());
            case CLASS, STRING, METHOD_TYPE, MODULE, PACKAGE -> new Entry(tag, in.readUnsignedShort(), 0, "");
            case LONG, DOUBLE -> {
                in.readLong();
                yield new Entry(tag, 0, 0, "");
            }
            case METHOD_HANDLE -> new Entry(tag, in.readUnsignedByte(), in.readUnsignedShort(), "");
            default -> new Entry(tag, in.readUnsignedShort(), in.readUnsignedShort(), "");
        };
    }

    /** The first text that each bootstrap method is given: for a call of Groovy's the method's name (section 4.7.23). */
    private static List<String> bootstraps(DataInputStream in, Entry[] pool) throws IOException {
        in.skipNBytes(3L * Short.BYTES);
        in.skipNBytes((long) in.readUnsignedShort() * Short.BYTES);
        skipMembers(in);
        skipMembers(in);
        List<String> given = new ArrayList<>();
        for (int left = in.readUnsignedShort(); left > 0; left--) {
            String name = pool[in.readUnsignedShort()].text();
            int length = in.readInt();
            if (!name.equals("BootstrapMethods")) {
                in.skipNBytes(length);
                continue;
            }
            for (int methods = in.readUnsignedShort(); methods > 0; methods--) {
                given.add(firstText(in, pool));
            }
        }
        return given;
    }

    private static String firstText(DataInputStream in, Entry[] pool) throws IOException {
        String text = "";
        in.readUnsignedShort();
        for (int arguments = in.readUnsignedShort(); arguments > 0; arguments--) {
            Entry argument = pool[in.readUnsignedShort()];
            if (text.isEmpty() && argument.tag() == STRING) {
                text = pool[argument.first()].text();
            }
        }
        return text;
    }

    /** Fields and methods have the same form. */
    private static void skipMembers(DataInputStream in) throws IOException {
        for (int members = in.readUnsignedShort(); members > 0; members--) {
            in.skipNBytes(3L * Short.BYTES);
            for (int attributes = in.readUnsignedShort(); attributes > 0; attributes--) {
                in.readUnsignedShort();
                in.skipNBytes(in.readInt());
            }
        }
    }

    private static ClassReferences collect(Entry[] pool, List<String> bootstraps) {
        Set<String> classes = new TreeSet<>();
        Set<String> members = new TreeSet<>();
        Set<String> dynamic = new TreeSet<>();
        for (Entry entry : pool) {
            if (entry == null) {
                continue;
            }
            if (entry.tag() == CLASS) {
                classes.add(className(pool, entry));
            } else if (entry.tag() >= FIELD && entry.tag() <= INTERFACE_METHOD) {
                Entry nameAndType = pool[entry.second()];
                members.add(className(pool, pool[entry.first()]) + "." + pool[nameAndType.first()].text());
            }
            if (entry.tag() == DYNAMIC || entry.tag() == INVOKE_DYNAMIC) {
                Entry nameAndType = pool[entry.second()];
                String name = pool[nameAndType.first()].text();
                result(pool[nameAndType.second()].text()).ifPresent(classes::add);
                dynamic.add(name.equals("invoke") ? name + " " + bootstraps.get(entry.first()) : name);
            }
        }
        return new ClassReferences(classes, members, dynamic);
    }

    /** What a method makes, from its descriptor: a dynamic cast names its class nowhere else. */
    private static Optional<String> result(String descriptor) {
        String type = descriptor.substring(descriptor.indexOf(')') + 1).replaceAll("^\\[+", "");
        return type.startsWith("L")
                ? Optional.of(type.substring(1, type.length() - 1).replace('/', '.'))
                : Optional.empty();
    }

    private static String className(Entry[] pool, Entry type) {
        String name = pool[type.first()].text();
        String element = name.startsWith("[") ? name.replaceAll("^\\[+L?|;$", "") : name;
        return element.replace('/', '.');
    }
}
