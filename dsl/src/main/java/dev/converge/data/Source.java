package dev.converge.data;

/** What one place of a level has for a host: values, or the reason why there are none. */
public sealed interface Source {
    /** The path, or the address, as far as it is known. */
    String where();

    /** Values by their keys; keys with dots at the top have become maps. */
    record Values(String where, DataValue.Mapping tree) implements Source {}

    /** @param why completes "hosts/web-1.yaml: …", such as "there is no such file" */
    record Nothing(String where, String why) implements Source {}
}
