package dev.converge.language;

import dev.converge.diagnostic.Code;
import dev.converge.diagnostic.Diagnostic;
import dev.converge.schema.TypeRegistry;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.codehaus.groovy.ast.ASTNode;
import org.codehaus.groovy.ast.ClassHelper;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.GenericsType;
import org.codehaus.groovy.ast.MethodNode;
import org.codehaus.groovy.ast.Parameter;
import org.codehaus.groovy.ast.PropertyNode;
import org.codehaus.groovy.ast.expr.ArgumentListExpression;
import org.codehaus.groovy.ast.expr.AttributeExpression;
import org.codehaus.groovy.ast.expr.BinaryExpression;
import org.codehaus.groovy.ast.expr.CastExpression;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.ListExpression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.VariableExpression;
import org.codehaus.groovy.ast.stmt.BlockStatement;
import org.codehaus.groovy.ast.stmt.ExpressionStatement;
import org.codehaus.groovy.ast.stmt.ReturnStatement;
import org.codehaus.groovy.syntax.Token;
import org.codehaus.groovy.syntax.Types;

/** Gives a composite's class a method for each of its properties, so that {@code include} can be written with braces. */
final class CompositeParameters {
    private static final ClassNode COMPOSITE = ClassHelper.make(Composite.class);

    private CompositeParameters() {}

    static boolean isComposite(ClassNode type) {
        return type.isDerivedFrom(COMPOSITE);
    }

    /** @param problems takes properties that cannot be parameters, and annotations that cannot be theirs */
    static void addTo(ClassNode type, TypeRegistry types, BiConsumer<ASTNode, Diagnostic> problems) {
        List<Expression> required = new ArrayList<>();
        List<Expression> all = new ArrayList<>();
        List<Expression> checks = new ArrayList<>();
        List<PropertyNode> parameters = new ArrayList<>();
        for (PropertyNode property : new ArrayList<>(type.getProperties())) {
            if (property.isStatic()) {
                continue;
            }
            if (Words.isTaken(property.getName(), types)) {
                problems.accept(property.getField(), taken(property.getName()));
                continue;
            }
            if (property.getInitialExpression() == null) {
                required.add(new ConstantExpression(property.getName()));
            }
            parameters.add(property);
            all.add(new ConstantExpression(property.getName()));
            ParameterAnnotations.of(property, problems).forEach(check -> checks.add(check(property, check)));
            addWord(type, property);
        }
        ParameterAnnotations.refuseOthers(type, parameters, problems);
        addList(type, "requiredParameters", ClassHelper.STRING_TYPE, required);
        addList(type, "parameterNames", ClassHelper.STRING_TYPE, all);
        addList(type, "parameterChecks", ClassHelper.OBJECT_TYPE, checks);
    }

    /** {@code ['port', this.@port, 'Between', 1L, 65535L]}. */
    private static Expression check(PropertyNode property, List<Expression> check) {
        List<Expression> parts = new ArrayList<>();
        parts.add(new ConstantExpression(property.getName()));
        parts.add(field(property));
        parts.addAll(check);
        return new ListExpression(parts);
    }

    private static Expression field(PropertyNode property) {
        Expression field =
                new AttributeExpression(new VariableExpression("this"), new ConstantExpression(property.getName()));
        field.putNodeMetaData(ManifestTransform.OURS, Boolean.TRUE);
        return field;
    }

    private static Diagnostic taken(String name) {
        return Diagnostic.error(
                        Code.RESERVED_WORD,
                        "Reserved word",
                        "\"" + name + "\" is a word of the language, so no parameter of a composite can be called so.")
                .suggest("Give the property another name, such as " + name + "Text or the" + capitalized(name) + ".");
    }

    private static String capitalized(String name) {
        return Character.toUpperCase(name.charAt(0)) + name.substring(1);
    }

    private static void addWord(ClassNode type, PropertyNode property) {
        boolean fitted = isFitted(property.getType());
        Parameter value = new Parameter(taken(property.getType()), "value");
        BlockStatement code = new BlockStatement();
        code.addStatement(new ExpressionStatement(new BinaryExpression(
                field(property),
                Token.newSymbol(Types.ASSIGN, -1, -1),
                fitted ? fit(property, value) : new VariableExpression(value))));
        MethodCallExpression given = new MethodCallExpression(
                new VariableExpression("this"),
                "given",
                new ArgumentListExpression(new ConstantExpression(property.getName())));
        given.putNodeMetaData(ManifestTransform.OURS, Boolean.TRUE);
        code.addStatement(new ExpressionStatement(given));
        type.addMethod(new MethodNode(
                property.getName(),
                Modifier.PUBLIC,
                ClassHelper.VOID_TYPE,
                new Parameter[] {value},
                ClassNode.EMPTY_ARRAY,
                code));
    }

    /** What its word takes: a literal such as {@code [a: []]} or {@code 5} has no type that the property's would take. */
    private static ClassNode taken(ClassNode type) {
        if (ClassHelper.isStringType(type)) {
            return ClassHelper.make(CharSequence.class);
        }
        if (ClassHelper.isBigDecimalType(type)) {
            return ClassHelper.Number_TYPE;
        }
        return isFitted(type) ? type.getPlainNodeReference() : type;
    }

    /** Whether what is given is only made the property's type when it is given. */
    private static boolean isFitted(ClassNode type) {
        return type.equals(ClassHelper.LIST_TYPE)
                || type.equals(ClassHelper.MAP_TYPE)
                || type.equals(ClassHelper.SET_TYPE)
                || ClassHelper.isBigDecimalType(type);
    }

    private static Expression fit(PropertyNode property, Parameter value) {
        MethodCallExpression fit = new MethodCallExpression(
                new VariableExpression("this"),
                "fit",
                new ArgumentListExpression(new ConstantExpression(property.getName()), new VariableExpression(value)));
        fit.putNodeMetaData(ManifestTransform.OURS, Boolean.TRUE);
        return new CastExpression(property.getType(), fit);
    }

    /** Those of the class above it too: {@code super.requiredParameters() + [...]}. */
    private static void addList(ClassNode type, String method, ClassNode element, List<Expression> elements) {
        if (elements.isEmpty()) {
            return;
        }
        MethodCallExpression above = new MethodCallExpression(
                new VariableExpression("super"), method, ArgumentListExpression.EMPTY_ARGUMENTS);
        above.putNodeMetaData(ManifestTransform.OURS, Boolean.TRUE);
        Expression all = new BinaryExpression(above, Token.newSymbol(Types.PLUS, -1, -1), new ListExpression(elements));
        ClassNode list = ClassHelper.LIST_TYPE.getPlainNodeReference();
        list.setGenericsTypes(new GenericsType[] {new GenericsType(element)});
        type.addMethod(new MethodNode(
                method,
                Modifier.PROTECTED,
                list,
                Parameter.EMPTY_ARRAY,
                ClassNode.EMPTY_ARRAY,
                new ReturnStatement(all)));
    }
}
