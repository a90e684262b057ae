package dev.converge.language;

import java.util.Set;
import java.util.function.BiConsumer;
import org.codehaus.groovy.ast.ASTNode;
import org.codehaus.groovy.ast.ClassCodeVisitorSupport;
import org.codehaus.groovy.ast.ClassHelper;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.DynamicVariable;
import org.codehaus.groovy.ast.FieldNode;
import org.codehaus.groovy.ast.GenericsType;
import org.codehaus.groovy.ast.MethodNode;
import org.codehaus.groovy.ast.Parameter;
import org.codehaus.groovy.ast.expr.AttributeExpression;
import org.codehaus.groovy.ast.expr.ClassExpression;
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

/** The sandbox's second half: the methods that a manifest calls and the properties that it reads. */
final class SandboxedCalls extends ClassCodeVisitorSupport {
    /** Ways from any value to what is behind it; maps have keys for such names: {@code map['class']}. */
    private static final Set<String> INSIDES_OF_ALL = Set.of("class", "metaClass", "metaPropertyValues", "properties");

    /** Ways into closures and into what is ours; keys and properties of a site's own may be called so too. */
    private static final Set<String> INSIDES_OF_OURS =
            Set.of("owner", "delegate", "thisObject", "binding", "evaluation", "directive");

    /** What Groovy adds to every class, to be called by its runtime. */
    private static final Set<String> OF_GROOVY_OBJECTS =
            Set.of("invokeMethod", "getMetaClass", "setMetaClass", "getProperty", "setProperty");

    private static final ClassNode SCRIPT_WORDS = ClassHelper.make(Declaring.class);
    private static final ClassNode COMPOSITE = ClassHelper.make(Composite.class);
    private static final ClassNode TEMPLATE = ClassHelper.make(TemplateScript.class);
    private static final ClassNode BODY = ClassHelper.make(ResourceBody.class);
    private static final ClassNode POLICY_BODY = ClassHelper.make(PolicyBody.class);

    private final SourceUnit unit;
    private final BiConsumer<ASTNode, String> refuse;

    SandboxedCalls(SourceUnit unit, BiConsumer<ASTNode, String> refuse) {
        this.unit = unit;
        this.refuse = refuse;
    }

    @Override
    protected void visitConstructorOrMethod(MethodNode node, boolean isConstructor) {
        for (Parameter parameter : node.getParameters()) {
            if (parameter.hasInitialExpression()) {
                parameter.getInitialExpression().visit(this);
            }
        }
        super.visitConstructorOrMethod(node, isConstructor);
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
                refuse.accept(call, "the call \"" + call.getMethodAsString() + "\"");
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
            } else if (!Sandbox.isSite(call.getOwnerType())) {
                refuse.accept(call, "the call \"" + call.getMethod() + "\"");
            }
        }
        super.visitStaticMethodCallExpression(call);
    }

    private void check(ASTNode place, MethodNode target) {
        if (!mayCall(target)) {
            refuse.accept(place, "calling " + shown(target));
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
        if (Sandbox.isSite(owner)) {
            return !OF_GROOVY_OBJECTS.contains(name);
        }
        if (isBody(owner, BODY) || isBody(owner, POLICY_BODY)) {
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
        return FunctionClasses.isOne(owner) || AllowList.mayCall(owner.getName(), name);
    }

    private static boolean isBody(ClassNode owner, ClassNode base) {
        return owner.isDerivedFrom(base) && !owner.equals(base);
    }

    private static boolean isDeclarations(ClassNode owner) {
        return owner.isInterface() && owner.implementsInterface(SCRIPT_WORDS) && !owner.equals(SCRIPT_WORDS);
    }

    private static boolean isPartOfLanguage(ClassNode owner) {
        return owner.getName().startsWith("dev.converge.language.");
    }

    @Override
    public void visitPropertyExpression(PropertyExpression property) {
        if (property.getNodeMetaData(ManifestTransform.OURS) == null
                && property.getNodeMetaData(ManifestTypeChecking.REPORTED) == null) {
            checkProperty(property);
        }
        super.visitPropertyExpression(property);
    }

    private void checkProperty(PropertyExpression property) {
        String name = property.getPropertyAsString();
        if (name == null) {
            refuse.accept(property, "a property with a computed name");
            return;
        }
        if (property.getObjectExpression() instanceof ClassExpression type) {
            if (isInside(name) || !isConstant(type.getType(), name)) {
                refuse.accept(property, type.getType().getNameWithoutPackage() + "." + name);
            }
            return;
        }
        ClassNode receiver = typeOf(property.getObjectExpression());
        if ((isInside(name) && !isOwn(receiver, name)) || !mayRead(receiver, name)) {
            refuse.accept(property, receiver.getNameWithoutPackage() + "." + name);
        }
    }

    private static boolean isInside(String name) {
        return INSIDES_OF_ALL.contains(name) || INSIDES_OF_OURS.contains(name);
    }

    /** Whether a name that leads inside elsewhere is but a key, or a property that the site has declared, here. */
    private static boolean isOwn(ClassNode receiver, String name) {
        if (INSIDES_OF_ALL.contains(name)) {
            return false;
        }
        FieldNode field = receiver.redirect().getField(name);
        return isA(receiver, ClassHelper.MAP_TYPE) || (field != null && Sandbox.isSite(field.getDeclaringClass()));
    }

    private static boolean isConstant(ClassNode type, String name) {
        FieldNode field = type.redirect().getField(name);
        return Sandbox.isSite(type) || (field != null && field.isStatic());
    }

    private boolean mayRead(ClassNode receiver, String name) {
        if (Sandbox.isSite(receiver) || isA(receiver, ClassHelper.MAP_TYPE)) {
            return true;
        }
        if (receiver.isArray()) {
            return name.equals("length") || mayRead(receiver.getComponentType(), name);
        }
        String suffix = Character.toUpperCase(name.charAt(0)) + name.substring(1);
        MethodNode getter = receiver.getGetterMethod("get" + suffix);
        if (getter == null) {
            getter = receiver.getGetterMethod("is" + suffix);
        }
        if (getter != null) {
            return mayCall(getter);
        }
        if (AllowList.mayCallExtension("get" + suffix)) {
            return true;
        }
        return isA(receiver, ClassHelper.COLLECTION_TYPE) && mayReadOfEach(receiver, name);
    }

    /** A property of a list is the list of that property of its elements. */
    private boolean mayReadOfEach(ClassNode collection, String name) {
        GenericsType[] elements = collection.getGenericsTypes();
        return elements != null && elements.length == 1 && mayRead(elements[0].getType(), name);
    }

    private static boolean isA(ClassNode type, ClassNode wanted) {
        return type.equals(wanted) || type.implementsInterface(wanted);
    }

    private ClassNode typeOf(Expression expression) {
        ClassNode inferred = expression.getNodeMetaData(StaticTypesMarker.INFERRED_TYPE);
        return inferred != null ? inferred : expression.getType();
    }

    @Override
    public void visitVariableExpression(VariableExpression variable) {
        boolean own =
                variable.getAccessedVariable() != null && !(variable.getAccessedVariable() instanceof DynamicVariable);
        if (!own && !variable.isThisExpression() && !variable.isSuperExpression() && isInside(variable.getName())) {
            refuse.accept(variable, variable.getName());
        }
        super.visitVariableExpression(variable);
    }

    @Override
    public void visitAttributeExpression(AttributeExpression expression) {
        if (expression.getNodeMetaData(ManifestTransform.OURS) == null
                && !Sandbox.isSite(typeOf(expression.getObjectExpression()))) {
            refuse.accept(expression, "reading a field with .@");
        }
        super.visitAttributeExpression(expression);
    }

    @Override
    public void visitMethodPointerExpression(MethodPointerExpression expression) {
        refuse.accept(expression, "a method pointer");
        super.visitMethodPointerExpression(expression);
    }

    @Override
    public void visitMethodReferenceExpression(MethodReferenceExpression expression) {
        refuse.accept(expression, "a method reference");
        super.visitMethodReferenceExpression(expression);
    }

    @Override
    protected SourceUnit getSourceUnit() {
        return unit;
    }
}
