package dev.converge.language;

import groovyjarjarasm.asm.ClassReader;
import groovyjarjarasm.asm.ClassVisitor;
import groovyjarjarasm.asm.ClassWriter;
import groovyjarjarasm.asm.MethodVisitor;
import groovyjarjarasm.asm.Opcodes;
import java.util.Set;

/** Sends {@code text + …} in compiled manifests to {@link TextJoin}. */
final class TextJoinBytecode {
    private static final String FROM = "org/codehaus/groovy/runtime/StringGroovyMethods";
    private static final String TO = "dev/converge/language/TextJoin";
    private static final Set<String> PLUS = Set.of(
            "(Ljava/lang/String;Ljava/lang/CharSequence;)Ljava/lang/String;",
            "(Ljava/lang/CharSequence;Ljava/lang/Object;)Ljava/lang/String;");

    private TextJoinBytecode() {}

    static byte[] rewrite(byte[] original) {
        ClassReader reader = new ClassReader(original);
        ClassWriter writer = new ClassWriter(reader, 0);
        reader.accept(new Calls(writer), 0);
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
                    boolean plus = owner.equals(FROM) && method.equals("plus") && PLUS.contains(type);
                    super.visitMethodInsn(opcode, plus ? TO : owner, method, type, ofInterface);
                }
            };
        }
    }
}
