package dev.converge.model;

/**
 * An order between two resources.
 *
 * @param from runs first
 * @param to runs after {@code from}
 * @param kind whether a change of {@code from} also refreshes {@code to}
 * @param why where the edge comes from
 */
public record Edge(ResourceId from, ResourceId to, Kind kind, Reason why) {
    /** What an edge means for the resource that comes after. */
    public enum Kind {
        ORDER,
        NOTIFY
    }
}
