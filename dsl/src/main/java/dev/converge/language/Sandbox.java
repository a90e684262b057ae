package dev.converge.language;

import dev.converge.diagnostic.Code;
import dev.converge.diagnostic.Diagnostic;
import java.util.function.BiConsumer;
import org.codehaus.groovy.ast.ASTNode;
import org.codehaus.groovy.ast.ClassHelper;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.control.SourceUnit;

/**
 * Lets a manifest do nothing but declare: after type checking, when it is known what each name and each call means,
 * every one of them has to be the site's own, a word of the language, or on the {@link AllowList}.
 */
final class Sandbox {
    private Sandbox() {}

    /** @param problems takes each thing that is refused, with the node that it stands at */
    static void check(ClassNode type, SourceUnit unit, BiConsumer<ASTNode, Diagnostic> problems) {
        boolean generates = type.isEnum() || type.isRecord();
        BiConsumer<ASTNode, String> refuse = (node, what) -> {
            // What the compiler adds to enums and records has no place in the source.
            if (!generates || node.getLineNumber() > 0) {
                problems.accept(node, forbidden(what));
            }
        };
        new SandboxedTypes(unit, refuse).visitClass(type);
        new SandboxedCalls(unit, refuse).visitClass(type);
    }

    static Diagnostic forbidden(String what) {
        return Diagnostic.error(
                        Code.FORBIDDEN,
                        "Not allowed in a manifest",
                        "A manifest only declares what a host shall be; " + what + " is not part of the language.")
                .suggest("Use a resource (exec, file …) or a fact for what has to touch the host.");
    }

    /** Whether a class stands in the site itself. */
    static boolean isSite(ClassNode type) {
        return type.redirect().isPrimaryClassNode();
    }

    /** Whether a class may be named: a value of it can be declared, made, cast to or caught. */
    static boolean isFine(ClassNode type) {
        if (type.isArray()) {
            return isFine(type.getComponentType());
        }
        return ClassHelper.isPrimitiveType(type)
                || type.isGenericsPlaceHolder()
                || isSite(type)
                || AllowList.mayName(type.getName())
                || FunctionClasses.isOne(type);
    }
}
