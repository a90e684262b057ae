package dev.converge.language;

import groovyjarjarasm.asm.ClassReader;
import groovyjarjarasm.asm.ClassVisitor;
import groovyjarjarasm.asm.ClassWriter;
import groovyjarjarasm.asm.FieldVisitor;
import groovyjarjarasm.asm.MethodVisitor;
import groovyjarjarasm.asm.Opcodes;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Sends {@code text + …} in compiled manifests to {@link TextJoin}, {@code value['key']} to {@link Entries},
 * {@code list[0] = …} to {@link Elements}, and what constants are set to through {@link Constant}.
 */
final class RedirectedCalls {
    private static final String TEXTS = "org/codehaus/groovy/runtime/StringGroovyMethods.";
    private static final String OBJECTS = "org/codehaus/groovy/runtime/DefaultGroovyMethods.";
    private static final String ADAPTER = "org/codehaus/groovy/runtime/ScriptBytecodeAdapter.";
    private static final String TEXT_JOIN = "dev/converge/language/TextJoin";
    private static final String ELEMENTS = "dev/converge/language/Elements";
    private static final String ENTRIES = "dev/converge/language/Entries";

    private static final Map<String, String> REDIRECTED = Map.of(
            TEXTS + "plus(Ljava/lang/String;Ljava/lang/CharSequence;)Ljava/lang/String;",
            TEXT_JOIN,
            TEXTS + "plus(Ljava/lang/CharSequence;Ljava/lang/Object;)Ljava/lang/String;",
            TEXT_JOIN,
            OBJECTS + "getAt(Ljava/lang/Object;Ljava/lang/String;)Ljava/lang/Object;",
            ENTRIES,
            OBJECTS + "getAt(Ljava/util/Collection;Ljava/lang/String;)Ljava/util/List;",
            ENTRIES,
            OBJECTS + "putAt(Ljava/lang/Object;Ljava/lang/String;Ljava/lang/Object;)V",
            ENTRIES,
            ADAPTER
                    + "invokeMethodN(Ljava/lang/Class;Ljava/lang/Object;Ljava/lang/String;[Ljava/lang/Object;)Ljava/lang/Object;",
            ELEMENTS);

    private static final String CONSTANT = "dev/converge/language/Constant";
    private static final String FREEZE = "(Ljava/lang/Object;)Ljava/lang/Object;";
    private static final int CONSTANTS = Opcodes.ACC_STATIC | Opcodes.ACC_FINAL;
    private static final Set<String> FROZEN = Set.of("Ljava/util/List;", "Ljava/util/Set;", "Ljava/util/Map;");

    private RedirectedCalls() {}

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
                    String target = REDIRECTED.getOrDefault(owner + "." + method + type, owner);
                    super.visitMethodInsn(opcode, target, method, type, ofInterface);
                }
            };
        }
    }
}
