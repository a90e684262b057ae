package dev.converge.language;

import java.lang.invoke.MethodType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A type that a value of the data is wanted as.
 *
 * @param type its class; a wrapper, never a primitive
 * @param arguments for collections the types of what is in them
 */
record DataType(Class<?> type, List<DataType> arguments) {
    private static final DataType ANY = new DataType(Object.class, List.of());
    private static final DataType TEXT = new DataType(String.class, List.of());

    private static final Set<Class<?>> SCALARS = Set.of(
            Object.class,
            String.class,
            CharSequence.class,
            Boolean.class,
            Integer.class,
            Long.class,
            Double.class,
            Number.class,
            BigInteger.class,
            BigDecimal.class);

    /** A class alone; what is in a collection can then be anything. */
    static DataType of(Class<?> type) {
        return new DataType(MethodType.methodType(type).wrap().returnType(), List.of());
    }

    /** A collection, by the type of its elements. */
    static DataType of(Class<?> collection, Class<?> element) {
        return new DataType(
                collection, Map.class.isAssignableFrom(collection) ? List.of(TEXT, of(element)) : List.of(of(element)));
    }

    /** As a property declares it. */
    static DataType of(Type declared) {
        if (declared instanceof Class<?> type) {
            return of(type);
        }
        if (declared instanceof WildcardType any) {
            return of(any.getUpperBounds()[0]);
        }
        if (declared instanceof ParameterizedType with && with.getRawType() instanceof Class<?> type) {
            List<DataType> arguments = new ArrayList<>();
            for (Type argument : with.getActualTypeArguments()) {
                arguments.add(of(argument));
            }
            return new DataType(type, List.copyOf(arguments));
        }
        return ANY;
    }

    /** What is in the list, or in the values of the map. */
    DataType element() {
        return arguments.isEmpty() ? ANY : arguments.get(arguments.size() - 1);
    }

    boolean isList() {
        return type == List.class || type == Collection.class || type == ArrayList.class;
    }

    boolean isSet() {
        return type == Set.class;
    }

    boolean isMap() {
        return type == Map.class
                && (arguments.isEmpty() || isText(arguments.get(0).type()));
    }

    private static boolean isText(Class<?> key) {
        return key == String.class || key == CharSequence.class || key == Object.class;
    }

    /** Whether data can be of it at all. */
    boolean isPossible() {
        return isScalar(type) || ((isList() || isSet() || isMap()) && element().isPossible());
    }

    private static boolean isScalar(Class<?> type) {
        return SCALARS.contains(type) || type.isEnum();
    }

    /** As manifests write it. */
    @Override
    public String toString() {
        String name = type == CharSequence.class ? "String" : type.getSimpleName();
        return arguments.isEmpty()
                ? name
                : name + arguments.stream().map(DataType::toString).collect(Collectors.joining(", ", "<", ">"));
    }
}
