package dev.converge.facts;

import java.util.Map;
import java.util.Optional;

/** Where facts come from: the live host, or a file that holds those of another one. */
public interface FactSource {
    /**
     * One fact.
     *
     * @param path its name with dots, such as {@code os.family}
     * @return a String, Integer, Long, Boolean, BigDecimal, List or Map of these; empty when the host has no such fact
     */
    Optional<Object> fact(String path);

    /** All facts as a tree, sorted by name. */
    Map<String, Object> all();
}
