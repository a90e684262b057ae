package dev.converge.language;

import dev.converge.diagnostic.Code;
import dev.converge.diagnostic.Diagnostic;
import dev.converge.diagnostic.Related;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.CodeVisitorSupport;
import org.codehaus.groovy.ast.CompileUnit;
import org.codehaus.groovy.ast.FieldNode;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.ast.expr.PropertyExpression;
import org.codehaus.groovy.ast.expr.VariableExpression;
import org.codehaus.groovy.control.SourceUnit;

/**
 * Finds constants that name each other in a circle, so that none of them has a value. Groovy puts what a constant is in
 * the place of its name, and would go round for ever.
 */
final class ConstantCircles {
    private final CompileUnit site;
    private final Map<String, ClassNode> classes = new HashMap<>();
    private final Set<FieldNode> judged = new HashSet<>();

    /** @param site whose classes will have been parsed when the first one is asked about, and not yet resolved */
    ConstantCircles(CompileUnit site) {
        this.site = site;
    }

    /** Each circle that begins in this class, from its first constant on; empty for what was judged before. */
    List<List<FieldNode>> in(ClassNode type) {
        if (classes.isEmpty()) {
            site.getClasses().forEach(one -> classes.putIfAbsent(simple(one.getName()), one));
        }
        List<List<FieldNode>> circles = new ArrayList<>();
        for (FieldNode field : type.getFields()) {
            if (isConstant(field)) {
                circle(field, new ArrayList<>()).ifPresent(circles::add);
            }
        }
        return circles;
    }

    /** What is wrong with a circle. */
    static Diagnostic diagnostic(List<FieldNode> circle, SiteConfiguration configuration) {
        List<String> names = circle.stream().map(ConstantCircles::name).toList();
        Diagnostic told = Diagnostic.error(
                        Code.CYCLE,
                        "Constants in a circle",
                        "This constant has no value: " + String.join(" is made from ", names) + " is made from "
                                + names.get(0) + ".")
                .suggest("Write out the value of one of them.");
        for (FieldNode field : circle.subList(1, circle.size())) {
            SourceFile source = configuration.source(unit(field).getName());
            told = told.related(Related.at(name(field) + " is here", GroovyErrors.range(source, field)));
        }
        return told;
    }

    /** The source that a constant is in. */
    static SourceUnit unit(FieldNode field) {
        return field.getOwner().getModule().getContext();
    }

    /** @param way the constants that led to this one */
    private Optional<List<FieldNode>> circle(FieldNode field, List<FieldNode> way) {
        int begin = way.indexOf(field);
        if (begin >= 0) {
            return Optional.of(List.copyOf(way.subList(begin, way.size())));
        }
        if (!judged.add(field)) {
            return Optional.empty();
        }
        way.add(field);
        for (FieldNode next : named(field)) {
            Optional<List<FieldNode>> found = circle(next, way);
            if (found.isPresent()) {
                return found;
            }
        }
        way.remove(way.size() - 1);
        return Optional.empty();
    }

    /** What is between the braces of a closure is not asked for until somebody calls it. */
    private Set<FieldNode> named(FieldNode field) {
        Set<FieldNode> named = new LinkedHashSet<>();
        field.getInitialExpression().visit(new CodeVisitorSupport() {
            @Override
            public void visitVariableExpression(VariableExpression variable) {
                constant(field.getOwner(), variable.getName()).ifPresent(named::add);
            }

            @Override
            public void visitPropertyExpression(PropertyExpression property) {
                String owner = property.getObjectExpression().getText();
                ClassNode type = owner.equals("this") ? field.getOwner() : classes.get(simple(owner));
                Optional.ofNullable(type)
                        .flatMap(known -> constant(known, property.getPropertyAsString()))
                        .ifPresent(named::add);
                super.visitPropertyExpression(property);
            }

            @Override
            public void visitClosureExpression(ClosureExpression closure) {}
        });
        return named;
    }

    /** A constant of a class, or of one that it is in or extends. */
    private Optional<FieldNode> constant(ClassNode type, String name) {
        Set<ClassNode> seen = new HashSet<>();
        ClassNode at = type;
        while (at != null && name != null && seen.add(at)) {
            FieldNode field = at.getDeclaredField(name);
            if (field != null) {
                return Optional.of(field).filter(ConstantCircles::isConstant);
            }
            ClassNode parent = classes.get(simple(at.getUnresolvedSuperClass().getName()));
            at = parent == null ? at.getOuterClass() : parent;
        }
        return Optional.empty();
    }

    private static boolean isConstant(FieldNode field) {
        return field.isStatic() && field.isFinal() && !field.isEnum() && field.hasInitialExpression();
    }

    private static String name(FieldNode field) {
        return simple(field.getOwner().getName()) + "." + field.getName();
    }

    /** Of {@code Outer.Inner}, or as the compiler calls it {@code Outer$Inner}, the last word. */
    private static String simple(String className) {
        return className.substring(Math.max(className.lastIndexOf('.'), className.lastIndexOf('$')) + 1);
    }
}
