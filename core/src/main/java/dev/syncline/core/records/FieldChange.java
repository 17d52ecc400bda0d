package dev.syncline.core.records;

import java.util.Optional;

/**
 * One field that differs. Values are JSON, as they are written; text of CSV is a JSON string.
 *
 * @param path from the record to the field, as a JSON Pointer (RFC 6901); empty for a record that
 *     is no object
 * @param old what the target has; empty if it lacks the field, which is not the same as null
 * @param current what the source has
 */
public record FieldChange(String path, Optional<String> old, Optional<String> current) {}
