package dev.converge.language;

import dev.converge.diagnostic.Code;
import dev.converge.diagnostic.Diagnostic;
import java.util.Set;
import java.util.function.BiConsumer;
import org.codehaus.groovy.ast.ASTNode;
import org.codehaus.groovy.ast.ClassCodeVisitorSupport;
import org.codehaus.groovy.ast.ClassHelper;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.FieldNode;
import org.codehaus.groovy.ast.MethodNode;
import org.codehaus.groovy.ast.PropertyNode;
import org.codehaus.groovy.ast.expr.ArrayExpression;
import org.codehaus.groovy.ast.expr.AttributeExpression;
import org.codehaus.groovy.ast.expr.CastExpression;
import org.codehaus.groovy.ast.expr.ClassExpression;
import org.codehaus.groovy.ast.expr.ConstructorCallExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.MethodPointerExpression;
import org.codehaus.groovy.ast.expr.MethodReferenceExpression;
import org.codehaus.groovy.ast.expr.PropertyExpression;
import org.codehaus.groovy.ast.expr.StaticMethodCallExpression;
import org.codehaus.groovy.ast.expr.VariableExpression;
import org.codehaus.groovy.control.SourceUnit;
import org.codehaus.groovy.transform.stc.ExtensionMethodNode;
import org.codehaus.groovy.transform.stc.StaticTypesMarker;

/**
 * Lets a manifest do nothing but declare: after type checking, when it is known which method each call means, every
 * one of them has to be the site's own, a word of the language, or on the {@link AllowList}.
 */
final class Sandbox extends ClassCodeVisitorSupport {
    private static final Set<String> CLOSURE_INSIDES =
            Set.of("owner", "delegate", "thisObject", "metaClass", "binding");

    private static final ClassNode SCRIPT_WORDS = ClassHelper.make(Declaring.class);
    private static final ClassNode MANIFEST = ClassHelper.make(ManifestScript.class);
    private static final ClassNode COMPOSITE = ClassHelper.make(Composite.class);
    private static final ClassNode TEMPLATE = ClassHelper.make(TemplateScript.class);
    private static final ClassNode BODY = ClassHelper.make(ResourceBody.class);

    private final SourceUnit unit;
    private final BiConsumer<ASTNode, Diagnostic> problems;

    Sandbox(SourceUnit unit, BiConsumer<ASTNode, Diagnostic> problems) {
        this.unit = unit;
        this.problems = problems;
    }

    static Diagnostic forbidden(String what) {
        return Diagnostic.error(
                        Code.FORBIDDEN,
                        "Not allowed in a manifest",
                        "A manifest only declares what a host shall be; " + what + " is not part of the language.")
                .suggest("Use a resource (exec, file …) or a fact for what has to touch the host.");
    }

    private void refuse(ASTNode node, String what) {
        problems.accept(node, forbidden(what));
    }

    @Override
    public void visitClass(ClassNode node) {
        ClassNode parent = node.getUnresolvedSuperClass(false);
        if (parent != null && !isFine(parent) && !isScriptBase(node, parent) && !node.isEnum()) {
            refuse(node, "extending " + parent.getName());
        }
        for (ClassNode type : node.getInterfaces()) {
            if (!isFine(type)
                    && node.getLineNumber() > 0
                    && !type.implementsInterface(SCRIPT_WORDS)
                    && !type.getName().startsWith("groovy.lang.GroovyObject")) {
                refuse(node, "implementing " + type.getName());
            }
        }
        super.visitClass(node);
    }

    private static boolean isScriptBase(ClassNode node, ClassNode parent) {
        return node.isScript() && (parent.equals(MANIFEST) || parent.equals(TEMPLATE));
    }

    @Override
    public void visitMethodCallExpression(MethodCallExpression call) {
        if (call.getNodeMetaData(ManifestTransform.OURS) == null
                && call.getNodeMetaData(ManifestTypeChecking.REPORTED) == null) {
            MethodNode target = call.getNodeMetaData(StaticTypesMarker.DIRECT_METHOD_CALL_TARGET);
            if (target == null) {
                target = call.getMethodTarget();
            }
            if (target != null) {
                check(call, target);
            } else if (!isCallOfClosure(call)) {
                refuse(call, "the call \"" + call.getMethodAsString() + "\"");
            }
        }
        super.visitMethodCallExpression(call);
    }

    private static boolean isCallOfClosure(MethodCallExpression call) {
        return "call".equals(call.getMethodAsString());
    }

    @Override
    public void visitStaticMethodCallExpression(StaticMethodCallExpression call) {
        if (call.getNodeMetaData(ManifestTransform.OURS) == null) {
            MethodNode target = call.getNodeMetaData(StaticTypesMarker.DIRECT_METHOD_CALL_TARGET);
            if (target != null) {
                check(call, target);
            } else if (!isSite(call.getOwnerType())) {
                refuse(call, "the call \"" + call.getMethod() + "\"");
            }
        }
        super.visitStaticMethodCallExpression(call);
    }

    private void check(ASTNode place, MethodNode target) {
        if (!mayCall(target)) {
            refuse(place, "calling " + shown(target));
        }
    }

    private static String shown(MethodNode target) {
        return owner(target).getNameWithoutPackage() + "." + target.getName();
    }

    private static ClassNode owner(MethodNode target) {
        return target instanceof ExtensionMethodNode extension
                ? extension.getExtensionMethodNode().getDeclaringClass()
                : target.getDeclaringClass();
    }

    private boolean mayCall(MethodNode target) {
        ClassNode owner = owner(target);
        String name = target.getName();
        if (isSite(owner)) {
            return !target.isSynthetic() || name.startsWith("get") || name.startsWith("set") || name.startsWith("is");
        }
        if (owner.isDerivedFrom(BODY) && !owner.equals(BODY)) {
            return true;
        }
        if (isDeclarations(owner)) {
            return true;
        }
        if (owner.equals(TEMPLATE)) {
            return Words.OF_TEMPLATES.contains(name);
        }
        if (isPartOfLanguage(owner)) {
            return Words.COMMON.contains(name)
                    || Words.FUNCTIONS.contains(name)
                    || Words.STATEMENTS.contains(name)
                    || Words.ORDERS.contains(name)
                    || (name.equals("getName") && owner.equals(COMPOSITE))
                    || name.equals("toString");
        }
        if (owner.getName().startsWith("dev.converge.facts.Facts")) {
            return name.startsWith("get") && !name.equals("getClass");
        }
        return AllowList.mayCall(owner.getName(), name);
    }

    private static boolean isDeclarations(ClassNode owner) {
        return owner.isInterface() && owner.implementsInterface(SCRIPT_WORDS) && !owner.equals(SCRIPT_WORDS);
    }

    private static boolean isPartOfLanguage(ClassNode owner) {
        return owner.getName().startsWith("dev.converge.language.");
    }

    @Override
    public void visitConstructorCallExpression(ConstructorCallExpression call) {
        boolean ours = call.getNodeMetaData(ManifestTransform.OURS) != null;
        if (!ours && !call.isSpecialCall() && !isFine(call.getType())) {
            refuse(call, "making a " + call.getType().getNameWithoutPackage());
        }
        super.visitConstructorCallExpression(call);
    }

    @Override
    public void visitPropertyExpression(PropertyExpression property) {
        if (property.getNodeMetaData(ManifestTransform.OURS) == null) {
            checkProperty(property);
        }
        super.visitPropertyExpression(property);
    }

    private void checkProperty(PropertyExpression property) {
        String name = property.getPropertyAsString();
        if (name == null) {
            refuse(property, "a property with a computed name");
            return;
        }
        if (property.getObjectExpression() instanceof ClassExpression type) {
            if (name.equals("class") || !isConstant(type.getType(), name)) {
                refuse(property, type.getType().getNameWithoutPackage() + "." + name);
            }
            return;
        }
        ClassNode receiver = typeOf(property.getObjectExpression());
        if (receiver == null
                || receiver.implementsInterface(ClassHelper.MAP_TYPE)
                || receiver.equals(ClassHelper.MAP_TYPE)) {
            return;
        }
        if (receiver.isArray() && name.equals("length")) {
            return;
        }
        if (CLOSURE_INSIDES.contains(name) || name.equals("class") || !mayRead(receiver, name)) {
            refuse(property, receiver.getNameWithoutPackage() + "." + name);
        }
    }

    private static boolean isConstant(ClassNode type, String name) {
        FieldNode field = type.redirect().getField(name);
        return isSite(type) || (field != null && field.isStatic());
    }

    private boolean mayRead(ClassNode receiver, String name) {
        if (isSite(receiver)) {
            return true;
        }
        String suffix = Character.toUpperCase(name.charAt(0)) + name.substring(1);
        MethodNode getter = receiver.getGetterMethod("get" + suffix);
        if (getter == null) {
            getter = receiver.getGetterMethod("is" + suffix);
        }
        if (getter != null) {
            return mayCall(getter);
        }
        // Spread over the elements of a list, or an extension such as "count": judged by the receiver.
        return AllowList.mayName(receiver.getName());
    }

    private ClassNode typeOf(Expression expression) {
        ClassNode inferred = expression.getNodeMetaData(StaticTypesMarker.INFERRED_TYPE);
        return inferred != null ? inferred : expression.getType();
    }

    @Override
    public void visitVariableExpression(VariableExpression variable) {
        boolean own = variable.getAccessedVariable() != null
                && !(variable.getAccessedVariable() instanceof org.codehaus.groovy.ast.DynamicVariable);
        if (!own
                && !variable.isThisExpression()
                && !variable.isSuperExpression()
                && (CLOSURE_INSIDES.contains(variable.getName())
                        || variable.getName().equals("class"))) {
            refuse(variable, variable.getName());
        }
        super.visitVariableExpression(variable);
    }

    @Override
    public void visitAttributeExpression(AttributeExpression expression) {
        if (expression.getNodeMetaData(ManifestTransform.OURS) == null
                && !isSite(typeOf(expression.getObjectExpression()))) {
            refuse(expression, "reading a field with .@");
        }
        super.visitAttributeExpression(expression);
    }

    @Override
    public void visitMethodPointerExpression(MethodPointerExpression expression) {
        refuse(expression, "a method pointer");
        super.visitMethodPointerExpression(expression);
    }

    @Override
    public void visitMethodReferenceExpression(MethodReferenceExpression expression) {
        refuse(expression, "a method reference");
        super.visitMethodReferenceExpression(expression);
    }

    @Override
    public void visitCastExpression(CastExpression cast) {
        if (!isFine(cast.getType())) {
            refuse(cast, "a cast to " + cast.getType().getNameWithoutPackage());
        }
        super.visitCastExpression(cast);
    }

    @Override
    public void visitClassExpression(ClassExpression expression) {
        if (!isFine(expression.getType())) {
            refuse(expression, "the class " + expression.getType().getName());
        }
        super.visitClassExpression(expression);
    }

    @Override
    public void visitArrayExpression(ArrayExpression expression) {
        if (!isFine(expression.getElementType())) {
            refuse(expression, "an array of " + expression.getElementType().getName());
        }
        super.visitArrayExpression(expression);
    }

    @Override
    public void visitProperty(PropertyNode node) {
        checkDeclared(node, node.getType());
        super.visitProperty(node);
    }

    @Override
    public void visitField(FieldNode node) {
        checkDeclared(node, node.getType());
        super.visitField(node);
    }

    private void checkDeclared(ASTNode node, ClassNode type) {
        if (node.getLineNumber() > 0 && !isFine(type)) {
            refuse(node, "a field of type " + type.getName());
        }
    }

    private static boolean isSite(ClassNode type) {
        return type.redirect().isPrimaryClassNode();
    }

    private static boolean isFine(ClassNode type) {
        if (type.isArray()) {
            return isFine(type.getComponentType());
        }
        return ClassHelper.isPrimitiveType(type)
                || type.isGenericsPlaceHolder()
                || isSite(type)
                || AllowList.mayName(type.getName());
    }

    @Override
    protected SourceUnit getSourceUnit() {
        return unit;
    }
}
