package dev.converge.language;

import java.util.List;
import java.util.Map;
import org.codehaus.groovy.runtime.DefaultGroovyMethods;
import org.codehaus.groovy.runtime.typehandling.NumberMath;

/**
 * Sets elements of lists and entries of maps: what {@code list[0] = 'a'} and {@code map['a'] += 1} become in compiled
 * manifests. Groovy 5.1 leaves them to its run-time dispatch, which could call anything, though it knows their types.
 */
public final class Elements {
    private Elements() {}

    /** Takes the place of Groovy's dispatch, for these few methods of these few types. */
    public static Object invokeMethodN(Class<?> caller, Object receiver, String method, Object[] arguments) {
        if (receiver == null) {
            throw new NullPointerException();
        }
        return switch (method) {
            case "getAt" -> get(receiver, arguments[0]);
            case "putAt" -> set(receiver, arguments[0], arguments[1]);
            default -> calculated(receiver, method, arguments[0]);
        };
    }

    private static Object get(Object receiver, Object key) {
        if (receiver instanceof List<?> list && key instanceof Number index) {
            return DefaultGroovyMethods.getAt(list, index);
        }
        if (receiver instanceof Map<?, ?> map) {
            return map.get(key);
        }
        throw notThese();
    }

    @SuppressWarnings("unchecked") // the compiler has checked what goes into them
    private static Object set(Object receiver, Object key, Object value) {
        if (receiver instanceof List<?> list && key instanceof Number index) {
            DefaultGroovyMethods.putAt((List<Object>) list, index, value);
            return value;
        }
        if (receiver instanceof Map<?, ?> map) {
            return ((Map<Object, Object>) map).put(key, value);
        }
        throw notThese();
    }

    private static Object calculated(Object before, String method, Object other) {
        if (before instanceof CharSequence text && method.equals("plus")) {
            return TextJoin.plus(text, other);
        }
        if (!(before instanceof Number number) || !(other instanceof Number more)) {
            throw notThese();
        }
        return switch (method) {
            case "plus" -> NumberMath.add(number, more);
            case "minus" -> NumberMath.subtract(number, more);
            case "multiply" -> NumberMath.multiply(number, more);
            case "div" -> NumberMath.divide(number, more);
            case "mod", "remainder" -> NumberMath.mod(number, more);
            default -> throw notThese();
        };
    }

    private static ClassCastException notThese() {
        return new ClassCastException(
                "Elements of lists and entries of maps can be set with =; numbers in them also take"
                        + " +=, -=, *=, /= and %=, and texts +=.");
    }
}
