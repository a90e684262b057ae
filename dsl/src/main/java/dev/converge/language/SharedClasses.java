package dev.converge.language;

import groovyjarjarasm.asm.ClassReader;
import groovyjarjarasm.asm.ClassVisitor;
import groovyjarjarasm.asm.Handle;
import groovyjarjarasm.asm.MethodVisitor;
import groovyjarjarasm.asm.Opcodes;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Says whether several runs may share the loaded classes of a site: only if nothing that one of them does can be seen
 * by another. That holds when all static fields are constants, and when it makes no difference in which order the
 * classes are initialized.
 */
final class SharedClasses {
    private static final Set<String> INITIALIZERS = Set.of("<clinit>", "__$swapInit");
    private static final Set<String> ENUM_INITIALIZERS = Set.of("<clinit>", "__$swapInit", "$INIT", "<init>");

    private final Map<String, byte[]> classes;

    private SharedClasses(Map<String, byte[]> classes) {
        this.classes = classes;
    }

    /** A loader with all classes loaded and initialized, for any number of runs; empty when each needs its own. */
    static Optional<ClassLoader> of(CompiledSite site, ClassLoader parent) {
        SharedClasses shared = new SharedClasses(site.classes());
        if (!site.classes().values().stream().allMatch(shared::startsByItself)) {
            return Optional.empty();
        }
        ClassLoader loader = site.loader(parent);
        try {
            for (String name : site.classes().keySet()) {
                if (!shared.isConstant(Class.forName(name, true, loader))) {
                    return Optional.empty();
                }
            }
            return Optional.of(loader);
        } catch (ReflectiveOperationException | LinkageError e) {
            return Optional.empty(); // A run that gets to this class will tell.
        }
    }

    private boolean isConstant(Class<?> type) throws IllegalAccessException {
        for (Field field : type.getDeclaredFields()) {
            boolean ofAll = Modifier.isStatic(field.getModifiers());
            boolean groovys = field.isSynthetic() && !type.isEnum();
            if (ofAll && !groovys && !(Modifier.isFinal(field.getModifiers()) && isConstant(field, null))) {
                return false;
            }
        }
        return true;
    }

    private boolean isConstant(Field field, Object owner) throws IllegalAccessException {
        field.setAccessible(true);
        Object value = field.get(owner);
        if (value instanceof Object[] all && field.isSynthetic()) {
            return areConstant(all);
        }
        return value instanceof Enum<?> constant ? areConstant(constant) : Constant.is(value);
    }

    private boolean areConstant(Object... enumConstants) throws IllegalAccessException {
        for (Object constant : enumConstants) {
            for (Class<?> type = constant.getClass(); type != Enum.class; type = type.getSuperclass()) {
                if (classes.containsKey(type.getName()) && !hasFinalFields(type, constant)) {
                    return false;
                }
            }
        }
        return true;
    }

    private static boolean hasFinalFields(Class<?> type, Object constant) throws IllegalAccessException {
        for (Field field : type.getDeclaredFields()) {
            if (Modifier.isStatic(field.getModifiers())) {
                continue;
            }
            field.setAccessible(true);
            if (!Modifier.isFinal(field.getModifiers()) || !Constant.is(field.get(constant))) {
                return false;
            }
        }
        return true;
    }

    /** What runs while a class is initialized must not ask another class of the site, which may be half-way itself. */
    private boolean startsByItself(byte[] code) {
        ClassReader reader = new ClassReader(code);
        String own = reader.getClassName();
        Set<String> run = (reader.getAccess() & Opcodes.ACC_ENUM) != 0 ? ENUM_INITIALIZERS : INITIALIZERS;
        Initializer initializer = new Initializer(own, run);
        reader.accept(
                new ClassVisitor(Opcodes.ASM9) {
                    @Override
                    public MethodVisitor visitMethod(
                            int access, String name, String descriptor, String signature, String[] exceptions) {
                        return run.contains(name) ? initializer : null;
                    }
                },
                ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        return !initializer.asksOthers;
    }

    private final class Initializer extends MethodVisitor {
        private final String own;
        private final Set<String> run;
        private boolean asksOthers;

        private Initializer(String own, Set<String> run) {
            super(Opcodes.ASM9);
            this.own = own;
            this.run = run;
        }

        private void asks(String owner) {
            asksOthers |= !owner.equals(own) && classes.containsKey(owner.replace('/', '.'));
        }

        @Override
        public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
            asks(owner);
        }

        @Override
        public void visitTypeInsn(int opcode, String type) {
            asks(type);
        }

        @Override
        public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean ofInterface) {
            asks(owner);
            asksOthers |= owner.equals(own) && !run.contains(name);
        }

        @Override
        public void visitInvokeDynamicInsn(String name, String descriptor, Handle bootstrap, Object... arguments) {
            asksOthers |= !name.equals("cast"); // Groovy's lists to arrays and sets, for one.
        }
    }
}
