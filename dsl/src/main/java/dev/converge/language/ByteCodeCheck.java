package dev.converge.language;

import dev.converge.schema.TypeRegistry;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The sandbox's second wall: looks at what the compiler has written, whatever the source looked like. A class that a
 * manifest may not name, or a call that is left to the run, is found even if the first wall has a hole.
 */
final class ByteCodeCheck {
    /** What compiled Groovy needs besides the classes that a manifest may name. */
    private static final Set<String> RUNTIME = Set.of(
            "B",
            "C",
            "D",
            "F",
            "I",
            "J",
            "S",
            "Z",
            "groovy.lang.GroovyObject",
            "groovy.lang.MetaClass",
            "groovy.lang.Reference",
            "groovy.transform.Generated",
            "groovy.transform.Internal",
            "java.lang.Record",
            "java.lang.Throwable",
            "java.lang.AssertionError",
            "java.util.Collections",
            "java.lang.MatchException",
            "java.lang.invoke.MethodHandles",
            "java.lang.invoke.MethodHandles$Lookup",
            "java.lang.runtime.ObjectMethods",
            "org.codehaus.groovy.reflection.ClassInfo",
            "org.codehaus.groovy.runtime.ArrayUtil",
            "org.codehaus.groovy.runtime.BytecodeInterface8",
            "org.codehaus.groovy.runtime.GeneratedClosure",
            "org.codehaus.groovy.runtime.GeneratedLambda",
            "org.codehaus.groovy.runtime.InvokerHelper",
            "org.codehaus.groovy.runtime.ScriptBytecodeAdapter",
            "org.codehaus.groovy.runtime.DefaultGroovyMethods",
            "org.codehaus.groovy.runtime.StringGroovyMethods",
            "org.codehaus.groovy.runtime.ArrayGroovyMethods",
            "org.codehaus.groovy.runtime.powerassert.AssertionRenderer",
            "org.codehaus.groovy.runtime.powerassert.ValueRecorder",
            "org.codehaus.groovy.runtime.typehandling.DefaultTypeTransformation",
            "org.codehaus.groovy.runtime.typehandling.NumberMath",
            "org.codehaus.groovy.runtime.typehandling.ShortTypeHandling",
            "org.codehaus.groovy.transform.ImmutableASTTransformation",
            "org.codehaus.groovy.vmplugin.v8.IndyInterface");

    /** Groovy's arithmetic. */
    private static final String ARITHMETIC = "org.codehaus.groovy.runtime.dgmimpl.";

    private static final Set<String> LANGUAGE = Set.of(
            "AsksData",
            "Composite",
            "Constant",
            "Declaring",
            "Elements",
            "Entries",
            "ManifestScript",
            "Matching",
            "PolicyBody",
            "Reference",
            "Relations",
            "ResourceBody",
            "SecretToken",
            "Target",
            "TargetLists",
            "TemplateScript",
            "TextJoin",
            "TimeLimit",
            "TurnWords");

    /** Casts, elements of arrays, the parts of {@code def (a, b) = list}, and what records are made of. */
    private static final Set<String> DYNAMIC = Set.of(
            "cast", "get", "set", "invoke asType", "invoke getAt", "invoke iterator", "toString", "hashCode", "equals");

    private static final List<String> DISPATCH = List.of(
            "invoke", "callMethod", "getProperty", "setProperty", "getField", "setField", "getGroovy", "setGroovy");

    private final TypeRegistry types;
    private final Set<String> site;
    private final List<String> policyBodies;
    private final Set<String> functions;

    /** @param site names of the site's own classes */
    ByteCodeCheck(TypeRegistry types, Set<String> site) {
        this.types = types;
        this.site = site;
        this.policyBodies = types.policies().bodyClasses();
        this.functions = FunctionClasses.of(types.loader());
    }

    /** What the classes refer to and must not; empty when all is well. */
    static Set<String> forbidden(Map<String, byte[]> classes, TypeRegistry types) {
        ByteCodeCheck check = new ByteCodeCheck(types, classes.keySet());
        Set<String> found = new TreeSet<>();
        classes.values().forEach(code -> check.add(ClassReferences.of(code), found));
        return found;
    }

    private void add(ClassReferences references, Set<String> found) {
        references.classes().stream().filter(name -> !mayRefer(name)).forEach(found::add);
        references.members().stream().filter(ByteCodeCheck::isDispatch).forEach(found::add);
        references.dynamic().stream().filter(name -> !DYNAMIC.contains(name)).forEach(found::add);
    }

    private boolean mayRefer(String name) {
        return site.contains(name)
                || AllowList.mayName(name)
                || functions.contains(name)
                || RUNTIME.contains(name)
                || name.startsWith(ARITHMETIC)
                || name.startsWith("dev.converge.facts.Facts")
                || isOfLanguage(name)
                || isOfTypes(name);
    }

    private static boolean isOfLanguage(String name) {
        String itsPackage = ByteCodeCheck.class.getPackageName() + ".";
        return name.startsWith(itsPackage) && LANGUAGE.contains(name.substring(itsPackage.length()));
    }

    private boolean isOfTypes(String name) {
        String declarations = name.endsWith("Body") ? name.replaceFirst("Body$", "Declarations") : name;
        return types.declarationInterfaces().contains(declarations) || policyBodies.contains(name);
    }

    /** A way of Groovy's runtime to call what its name says; the initialization of an enum uses one with a class. */
    private static boolean isDispatch(String member) {
        int dot = member.lastIndexOf('.');
        boolean adapter = member.startsWith("org.codehaus.groovy.runtime.ScriptBytecodeAdapter.")
                || member.startsWith("org.codehaus.groovy.runtime.InvokerHelper.");
        String name = member.substring(dot + 1);
        return adapter
                && !name.equals("invokeStaticMethod0")
                && DISPATCH.stream().anyMatch(name::startsWith);
    }
}
