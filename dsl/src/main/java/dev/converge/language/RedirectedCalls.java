package dev.converge.language;

import groovyjarjarasm.asm.ClassReader;
import groovyjarjarasm.asm.ClassVisitor;
import groovyjarjarasm.asm.ClassWriter;
import groovyjarjarasm.asm.FieldVisitor;
import groovyjarjarasm.asm.MethodVisitor;
import groovyjarjarasm.asm.Opcodes;
import groovyjarjarasm.asm.Type;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Sends {@code text + …} in compiled manifests to {@link TextJoin}, {@code value['key']} to {@link Entries},
 * {@code list[0] = …} to {@link Elements}, what looks for patterns in text to {@link Matching}, and what constants are set to
 * through {@link Constant}.
 */
final class RedirectedCalls {
    private static final Set<String> OF_GROOVY = Set.of(
            "org/codehaus/groovy/runtime/DefaultGroovyMethods",
            "org/codehaus/groovy/runtime/ScriptBytecodeAdapter",
            "org/codehaus/groovy/runtime/StringGroovyMethods");

    /** Methods of these objects become static ones that take the object first. */
    private static final Set<String> OF_OBJECTS = Set.of("java/lang/String", "java/util/regex/Pattern");

    /** By name and types: what is called like one of ours goes there. */
    private static final Map<String, String> OURS = ours(TextJoin.class, Entries.class, Elements.class, Matching.class);

    private static final String CONSTANT = "dev/converge/language/Constant";
    private static final String FREEZE = "(Ljava/lang/Object;)Ljava/lang/Object;";
    private static final int CONSTANTS = Opcodes.ACC_STATIC | Opcodes.ACC_FINAL;
    private static final Set<String> FROZEN = Set.of("Ljava/util/List;", "Ljava/util/Set;", "Ljava/util/Map;");

    private RedirectedCalls() {}

    private static Map<String, String> ours(Class<?>... classes) {
        Map<String, String> ours = new HashMap<>();
        for (Class<?> target : classes) {
            for (Method method : target.getDeclaredMethods()) {
                if (Modifier.isPublic(method.getModifiers())) {
                    ours.put(method.getName() + Type.getMethodDescriptor(method), Type.getInternalName(target));
                }
            }
        }
        return ours;
    }

    static byte[] rewrite(byte[] original) {
        // A constant pool of its own: what is not called any more must not stand in it.
        ClassWriter writer = new ClassWriter(0);
        new ClassReader(original).accept(new Calls(writer), 0);
        return writer.toByteArray();
    }

    private static final class Calls extends ClassVisitor {
        private final Set<String> constants = new HashSet<>();

        private Calls(ClassVisitor next) {
            super(Opcodes.ASM9, next);
        }

        /** All fields are visited before the first method. */
        @Override
        public FieldVisitor visitField(int access, String name, String descriptor, String signature, Object value) {
            if ((access & CONSTANTS) == CONSTANTS && FROZEN.contains(descriptor)) {
                constants.add(name);
            }
            return super.visitField(access, name, descriptor, signature, value);
        }

        @Override
        public MethodVisitor visitMethod(
                int access, String name, String descriptor, String signature, String[] exceptions) {
            MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
            return new MethodVisitor(Opcodes.ASM9, next) {
                /** A constant can only be set in its own class. */
                @Override
                public void visitFieldInsn(int opcode, String owner, String field, String type) {
                    if (opcode == Opcodes.PUTSTATIC && constants.contains(field)) {
                        super.visitMethodInsn(Opcodes.INVOKESTATIC, CONSTANT, "of", FREEZE, false);
                        super.visitTypeInsn(Opcodes.CHECKCAST, type.substring(1, type.length() - 1));
                    }
                    super.visitFieldInsn(opcode, owner, field, type);
                }

                @Override
                public void visitMethodInsn(int opcode, String owner, String method, String type, boolean ofInterface) {
                    String asStatic = opcode == Opcodes.INVOKEVIRTUAL && OF_OBJECTS.contains(owner)
                            ? "(L" + owner + ";" + type.substring(1)
                            : type;
                    boolean perhaps = !asStatic.equals(type) || OF_GROOVY.contains(owner);
                    String target = perhaps ? OURS.get(method + asStatic) : null;
                    if (target == null) {
                        super.visitMethodInsn(opcode, owner, method, type, ofInterface);
                    } else {
                        super.visitMethodInsn(Opcodes.INVOKESTATIC, target, method, asStatic, false);
                    }
                }
            };
        }
    }
}
