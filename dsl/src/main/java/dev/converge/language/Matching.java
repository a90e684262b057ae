package dev.converge.language;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.codehaus.groovy.runtime.ScriptBytecodeAdapter;

/**
 * Matches text as Groovy and the JDK do, and ends with the time limit: what {@code text ==~ /…/}, {@code text.replaceAll(…)}
 * and their like become in compiled manifests. An expression such as {@code (a*)*b} has more ways to try than there is time,
 * and nothing interrupts the JDK's search but the text that it reads. What takes a closure for each match is left to Groovy.
 */
public final class Matching {
    private Matching() {}

    /** A text that cannot be read any more when the time is over. */
    private record Watched(String text) implements CharSequence {
        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            TimeLimit.check();
            return text.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.substring(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /** {@code pattern.matcher(text)}. */
    public static Matcher matcher(Pattern pattern, CharSequence text) {
        return pattern.matcher(new Watched(text.toString()));
    }

    private static Matcher matcher(CharSequence pattern, CharSequence text) {
        return matcher(Pattern.compile(pattern.toString()), text);
    }

    /** {@code text =~ pattern}. */
    public static Matcher findRegex(Object text, Object pattern) {
        String read = TextJoin.text(text);
        return pattern instanceof Pattern compiled ? matcher(compiled, read) : matcher(TextJoin.text(pattern), read);
    }

    /** {@code text ==~ pattern}. */
    public static boolean matchRegex(Object text, Object pattern) {
        return text != null && pattern != null && findRegex(text, pattern).matches();
    }

    /** {@code case pattern}. */
    public static boolean isCase(Object value, Object test) throws Throwable {
        return test instanceof Pattern pattern ? isCase(pattern, value) : ScriptBytecodeAdapter.isCase(value, test);
    }

    /** {@code text in pattern}. */
    public static boolean isCase(Pattern pattern, Object value) {
        return value != null && matcher(pattern, value.toString()).matches();
    }

    /** {@code text !in pattern}. */
    public static boolean isNotCase(Pattern pattern, Object value) {
        return !isCase(pattern, value);
    }

    public static boolean matches(String text, String pattern) {
        return matcher(pattern, text).matches();
    }

    public static boolean matches(CharSequence text, Pattern pattern) {
        return matcher(pattern, text).matches();
    }

    public static String replaceAll(String text, String pattern, String by) {
        return matcher(pattern, text).replaceAll(by);
    }

    public static String replaceAll(CharSequence text, CharSequence pattern, CharSequence by) {
        return matcher(pattern, text).replaceAll(by.toString());
    }

    public static String replaceAll(CharSequence text, Pattern pattern, CharSequence by) {
        return matcher(pattern, text).replaceAll(by.toString());
    }

    public static String replaceFirst(String text, String pattern, String by) {
        return matcher(pattern, text).replaceFirst(by);
    }

    public static String replaceFirst(CharSequence text, CharSequence pattern, CharSequence by) {
        return matcher(pattern, text).replaceFirst(by.toString());
    }

    public static String replaceFirst(CharSequence text, Pattern pattern, CharSequence by) {
        return matcher(pattern, text).replaceFirst(by.toString());
    }

    /** {@code text - pattern}. */
    public static String minus(CharSequence text, Pattern pattern) {
        return matcher(pattern, text).replaceFirst("");
    }

    public static String[] split(String text, String pattern) {
        return split(text, pattern, 0);
    }

    public static String[] split(String text, String pattern, int most) {
        return Pattern.compile(pattern).split(new Watched(text), most);
    }

    public static String[] split(Pattern pattern, CharSequence text) {
        return pattern.split(new Watched(text.toString()));
    }

    public static String find(CharSequence text, CharSequence pattern) {
        return first(matcher(pattern, text));
    }

    public static String find(CharSequence text, Pattern pattern) {
        return first(matcher(pattern, text));
    }

    private static String first(Matcher found) {
        return found.find() ? found.group() : null;
    }

    public static List<String> findAll(CharSequence text, CharSequence pattern) {
        return all(matcher(pattern, text));
    }

    public static List<String> findAll(CharSequence text, Pattern pattern) {
        return all(matcher(pattern, text));
    }

    private static List<String> all(Matcher found) {
        List<String> all = new ArrayList<>();
        while (found.find()) {
            all.add(found.group());
        }
        return all;
    }
}
