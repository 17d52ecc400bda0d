package dev.syncline.server.endpoint.jsonapi;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;

/** Holds records to JSON Schemas; a schema may say which draft it follows, else it is 2020-12. */
final class Schemas {

  private static final int MOST_TOLD = 3;

  private Schemas() {}

  /** What is wrong with records, as the end of a sentence; empty if nothing is. */
  static Optional<String> refusal(Path file, byte[] records) {
    try {
      Schema schema =
          SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
              .getSchema(Files.readString(file), InputFormat.JSON);
      List<Error> errors =
          schema.validate(new String(records, StandardCharsets.UTF_8), InputFormat.JSON);
      return errors.isEmpty() ? Optional.empty() : Optional.of(sentence(file, errors));
    } catch (IOException | SchemaException | JacksonException e) {
      return Optional.of("can't be held to its schema: mend " + file + " (" + e.getMessage() + ")");
    }
  }

  private static String sentence(Path file, List<Error> errors) {
    String told =
        errors.stream()
            .limit(MOST_TOLD)
            .map(error -> error.getInstanceLocation() + " " + error.getMessage())
            .collect(Collectors.joining("; "));
    int more = errors.size() - MOST_TOLD;
    return "sends what its schema "
        + file.getFileName()
        + " forbids: "
        + told
        + (more > 0 ? "; and " + more + " more" : "");
  }
}
