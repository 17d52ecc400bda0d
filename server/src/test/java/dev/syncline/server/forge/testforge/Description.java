package dev.syncline.server.forge.testforge;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.Request;
import com.atlassian.oai.validator.model.SimpleRequest;
import com.atlassian.oai.validator.model.SimpleResponse;
import com.atlassian.oai.validator.report.ValidationReport;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A forge's own description of its API. It takes seconds to load: there is one of each. */
final class Description {

  private static final Map<String, Description> LOADED = new ConcurrentHashMap<>();

  private final OpenApiInteractionValidator validator;
  private final JsonNode text;

  private Description(String resource) {
    try (InputStream in = Objects.requireNonNull(Description.class.getResourceAsStream(resource))) {
      this.text = JsonMapper.shared().readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    this.validator =
        OpenApiInteractionValidator.createForInlineApiSpecification(text.toString()).build();
  }

  static Description of(String resource) {
    return LOADED.computeIfAbsent(resource, Description::new);
  }

  /** What the description shows as an example of something. */
  JsonNode example(String name) {
    return text.path("components").path("examples").path(name).path("value").deepCopy();
  }

  /** What of a request is not as described. */
  List<String> wrong(Asked asked) {
    var request = new SimpleRequest.Builder(asked.method(), asked.path());
    asked.query().forEach(request::withQueryParam);
    asked.header("content-type").ifPresent(type -> request.withHeader("Content-Type", type));
    if (!asked.body().isMissingNode()) {
      request.withBody(asked.body().toString());
    }
    return messages(validator.validateRequest(request.build()).getMessages());
  }

  /** What of an answer is not as described. */
  List<String> wrong(Asked asked, Reply reply) {
    var response =
        SimpleResponse.Builder.status(reply.status())
            .withHeader("Content-Type", "application/json");
    if (!reply.body().isEmpty()) {
      response.withBody(reply.body());
    }
    var method = Request.Method.valueOf(asked.method());
    List<ValidationReport.Message> said =
        validator.validateResponse(asked.path(), method, response.build()).getMessages();
    return messages(said.stream().filter(one -> !isLeftOut(one, reply.status())).toList());
  }

  /** Descriptions say little of errors: that each has words, and that nothing may be there. */
  private static boolean isLeftOut(ValidationReport.Message message, int status) {
    return (status >= 400 && message.getKey().equals("validation.response.body.unexpected"))
        || (status == 404 && message.getKey().equals("validation.response.status.unknown"));
  }

  private static List<String> messages(List<ValidationReport.Message> said) {
    return said.stream()
        .filter(message -> message.getLevel() == ValidationReport.Level.ERROR)
        .map(ValidationReport.Message::toString)
        .toList();
  }
}
