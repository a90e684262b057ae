package dev.converge.language;

import groovyjarjarasm.asm.ClassReader;
import groovyjarjarasm.asm.ClassVisitor;
import groovyjarjarasm.asm.ClassWriter;
import groovyjarjarasm.asm.MethodVisitor;
import groovyjarjarasm.asm.Opcodes;
import java.util.Map;

/**
 * Sends {@code text + …} in compiled manifests to {@link TextJoin}, {@code value['key']} to {@link Entries}, and
 * {@code list[0] = …} to {@link Elements}.
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

    private RedirectedCalls() {}

    static byte[] rewrite(byte[] original) {
        // A constant pool of its own: what is not called any more must not stand in it.
        ClassWriter writer = new ClassWriter(0);
        new ClassReader(original).accept(new Calls(writer), 0);
        return writer.toByteArray();
    }

    private static final class Calls extends ClassVisitor {
        private Calls(ClassVisitor next) {
            super(Opcodes.ASM9, next);
        }

        @Override
        public MethodVisitor visitMethod(
                int access, String name, String descriptor, String signature, String[] exceptions) {
            MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
            return new MethodVisitor(Opcodes.ASM9, next) {
                @Override
                public void visitMethodInsn(int opcode, String owner, String method, String type, boolean ofInterface) {
                    String target = REDIRECTED.getOrDefault(owner + "." + method + type, owner);
                    super.visitMethodInsn(opcode, target, method, type, ofInterface);
                }
            };
        }
    }
}
