package dev.converge.language;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What a manifest may call: values and collections, and the words of the language. All else is refused. */
final class AllowList {
    private static final String EXTENSIONS = "org.codehaus.groovy.runtime.";

    /** Methods that every value has. */
    private static final Set<String> OF_OBJECT = Set.of("equals", "toString", "compareTo");

    /** Methods of otherwise harmless classes that look at the machine, or differ from run to run. */
    private static final Map<String, Set<String>> EXCEPT = Map.of(
            "java.lang.Integer", Set.of("getInteger"),
            "java.lang.Long", Set.of("getLong"),
            "java.lang.Boolean", Set.of("getBoolean"),
            "java.lang.Math", Set.of("random"),
            "java.lang.String", Set.of("intern"),
            "java.util.Collection", Set.of("parallelStream", "stream"),
            // Their order differs from one Java virtual machine to the next; [a: 1] and ['a'] as Set keep it.
            "java.util.Map", Set.of("of", "ofEntries", "copyOf"),
            "java.util.Set", Set.of("of", "copyOf"),
            "java.util.Objects", Set.of("hash", "hashCode", "toIdentityString"),
            "java.time.LocalDate", Set.of("now"));

    /** Classes whose methods, constructors and constants may all be used. */
    private static final Set<String> CLASSES = Set.of(
            "java.lang.String",
            "java.lang.CharSequence",
            "java.lang.Character",
            "java.lang.Number",
            "java.lang.Byte",
            "java.lang.Short",
            "java.lang.Integer",
            "java.lang.Long",
            "java.lang.Float",
            "java.lang.Double",
            "java.lang.Boolean",
            "java.lang.Math",
            "java.lang.Comparable",
            "java.lang.Iterable",
            "java.lang.StringBuilder",
            "java.lang.AbstractStringBuilder",
            "java.lang.Enum",
            "java.math.BigDecimal",
            "java.math.BigInteger",
            "java.math.RoundingMode",
            "java.util.Collection",
            "java.util.List",
            "java.util.ArrayList",
            "java.util.AbstractList",
            "java.util.AbstractCollection",
            "java.util.Set",
            "java.util.HashSet",
            "java.util.LinkedHashSet",
            "java.util.SortedSet",
            "java.util.TreeSet",
            "java.util.Map",
            "java.util.AbstractMap",
            "java.util.HashMap",
            "java.util.LinkedHashMap",
            "java.util.SortedMap",
            "java.util.TreeMap",
            "java.util.Map$Entry",
            "java.util.Iterator",
            "java.util.Optional",
            "java.util.Objects",
            "java.util.regex.Pattern",
            "java.util.regex.Matcher",
            "java.util.regex.MatchResult",
            "java.time.Duration",
            "java.time.LocalDate",
            "groovy.lang.GString",
            "groovy.lang.Range",
            "groovy.lang.IntRange",
            "groovy.lang.ObjectRange",
            "groovy.lang.NumberRange",
            "org.codehaus.groovy.runtime.GStringImpl");

    /** What a manifest may throw and catch; an error, such as that of the time limit, is not for it to catch. */
    private static final Set<String> EXCEPTIONS = Set.of(
            "java.lang.Exception",
            "java.lang.RuntimeException",
            "java.lang.ArithmeticException",
            "java.lang.ClassCastException",
            "java.lang.IllegalArgumentException",
            "java.lang.IllegalStateException",
            "java.lang.IndexOutOfBoundsException",
            "java.lang.NullPointerException",
            "java.lang.NumberFormatException",
            "java.lang.UnsupportedOperationException");

    /** Classes that may be named (declared, cast to), but not made. */
    private static final Set<String> NAMES = Set.of(
            "java.lang.Object",
            "java.lang.Void",
            "groovy.lang.Closure",
            "dev.converge.language.Composite",
            "dev.converge.language.Reference",
            "dev.converge.language.Target",
            "dev.converge.language.SecretToken",
            "dev.converge.facts.Facts");

    /** Single methods of other classes. */
    private static final Map<String, Set<String>> METHODS = methods();

    private AllowList() {}

    private static Map<String, Set<String>> methods() {
        Map<String, Set<String>> methods = new HashMap<>();
        allow(methods, "groovy.lang.Closure", "call");
        allow(methods, "java.lang.Throwable", "getMessage");
        for (String extensions : new String[] {"DefaultGroovyMethods", "StringGroovyMethods", "ArrayGroovyMethods"}) {
            allow(
                    methods,
                    EXTENSIONS + extensions,
                    "abs any asBoolean asImmutable asList asUnmodifiable average capitalize center chop chunked"
                            + " collate collect collectEntries collectMany collectNested combinations compareTo"
                            + " contains containsAll count countBy denormalize disjoint div downto drop dropRight"
                            + " dropWhile each eachCombination eachMatch eachPermutation eachWithIndex endsWithAny"
                            + " endsWithIgnoreCase equalsIgnoreCase every expand expandLine find findAll findIndexOf findIndexValues"
                            + " findLastIndexOf findResult findResults first flatten getAt getCount get grep groupBy"
                            + " groupEntriesBy head indexed indices init inits inject inspect intersect intdiv invert isAllWhitespace"
                            + " isBigDecimal isBigInteger isBlank isCase isDouble isFloat isInteger isLong isNotCase isNumber"
                            + " isAtLeast isEmpty join keySet last leftShift length lines matches max md5 min minus mod multiply negative next"
                            + " normalize numberAwareCompareTo or and xor padLeft padRight partitionPoint permutations plus"
                            + " positive power previous push pop putAt putAll readLines remainder remove removeAll removeAt removeElement"
                            + " removeLast replace replaceAll replaceFirst reverse reverseEach rightShift retainAll round"
                            + " sha256 size sort split splitEachLine startsWithAny startsWithIgnoreCase step stripIndent stripMargin"
                            + " subMap subsequences sum swap tail tails take takeAfter takeBefore takeBetween takeRight"
                            + " takeWhile times toBigDecimal toBigInteger toBoolean toCharacter toDouble toFloat"
                            + " toInteger toList toLong toLowerCase toMapString toSet toSorted toSpreadMap toString"
                            + " toUnique toUpperCase tokenize tr transpose truncate uncapitalize unexpand unique upto"
                            + " values with tap withDefault withIndex zip zipAll containsIgnoreCase bitwiseNegate"
                            + " toArrayString equals hashCode minus implies");
        }
        return methods;
    }

    private static void allow(Map<String, Set<String>> methods, String type, String names) {
        methods.put(type, new HashSet<>(Arrays.asList(names.split(" "))));
    }

    /** Whether a class may be imported, declared, cast to or named in another way. */
    static boolean mayName(String type) {
        return mayMake(type) || NAMES.contains(type);
    }

    /** Whether a manifest may make an instance of a class. */
    static boolean mayMake(String type) {
        return CLASSES.contains(type) || EXCEPTIONS.contains(type);
    }

    /** Whether a method that Groovy adds to a class may be called. */
    static boolean mayCallExtension(String method) {
        return mayCall(EXTENSIONS + "DefaultGroovyMethods", method);
    }

    /** Whether a method of a class that is not the site's own may be called. */
    static boolean mayCall(String declaringClass, String method) {
        if (OF_OBJECT.contains(method)) {
            return true;
        }
        if (CLASSES.contains(declaringClass)) {
            return !EXCEPT.getOrDefault(declaringClass, Set.of()).contains(method);
        }
        return METHODS.getOrDefault(declaringClass, Set.of()).contains(method);
    }
}
