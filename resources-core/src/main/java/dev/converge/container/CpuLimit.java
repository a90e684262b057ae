package dev.converge.container;

import dev.converge.model.InvalidValueException;
import java.math.BigDecimal;

/** How much processor time a container may take, in processors: {@code 0.5}, {@code 2}. */
public record CpuLimit(long nanos) {
    private static final int DIGITS = 9;

    /** @throws InvalidValueException when it is no number of processors */
    public static CpuLimit parse(String text) {
        try {
            BigDecimal nanos = new BigDecimal(text).movePointRight(DIGITS);
            if (nanos.signum() >= 0 && text.length() < 20) {
                return new CpuLimit(nanos.longValueExact());
            }
        } catch (ArithmeticException | NumberFormatException e) {
            throw refused(text, e);
        }
        throw refused(text, null);
    }

    private static InvalidValueException refused(String text, /* null: none */ Exception cause) {
        InvalidValueException refusal =
                new InvalidValueException("\"" + text + "\" is no number of processors.", "Write it as '0.5' or '2'.");
        if (cause != null) {
            refusal.initCause(cause);
        }
        return refusal;
    }

    @Override
    public String toString() {
        return BigDecimal.valueOf(nanos, DIGITS).stripTrailingZeros().toPlainString();
    }
}
