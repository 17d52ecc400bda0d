package dev.syncline.server.config;

import dev.syncline.core.model.SyncException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Makes the records of single values, and looks at what only several of them show. */
final class Assembling {

  private final Findings findings;
  private final Values values;

  private Assembling(Findings findings) {
    this.findings = findings;
    this.values = findings.values();
  }

  static Reading of(Findings findings, Optional<Path> file) {
    var assembling = new Assembling(findings);
    assembling.lookForContradictions();
    if (!findings.problems().isEmpty()) {
      return new Reading.Refused(findings.problems());
    }
    return new Reading.Accepted(assembling.configuration(), assembling.values, file);
  }

  private void lookForContradictions() {
    needs(Settings.TLS_CERTIFICATE, Settings.TLS_KEY);
    needs(Settings.TLS_KEY, Settings.TLS_CERTIFICATE);
    needs(Settings.DATABASE_USER, Settings.DATABASE_URL);
    needs(Settings.DATABASE_PASSWORD, Settings.DATABASE_URL);
    needs(Settings.DATABASE_PASSWORD_FILE, Settings.DATABASE_URL);
    values
        .given(Settings.DOCUMENTS_STORAGE)
        .filter(given -> given.text().strip().equals("database"))
        .ifPresent(given -> needs(given, Settings.DATABASE_URL));
    lookAt(Settings.DATABASE_PASSWORD, Settings.DATABASE_PASSWORD_FILE);
    lookAt(Settings.RELAY_KEY, Settings.RELAY_KEY_FILE);
    lookAt(Settings.WEBHOOK_SECRET, Settings.WEBHOOK_SECRET_FILE);
    lookAt(Settings.SSH_KEY, Settings.SSH_KEY_FILE);
  }

  private void needs(Setting<?> setting, Setting<?> other) {
    values.given(setting).ifPresent(given -> needs(given, other));
  }

  private void needs(Given given, Setting<?> other) {
    if (values.given(other).isEmpty()) {
      findings.problem(
          given.origin().place(), given.setting() + " needs " + other + ", which is not given");
    }
  }

  /** A secret is given as it is or by a file, and the file has to be there. */
  private void lookAt(Setting<String> setting, Setting<Path> file) {
    values
        .given(file)
        .ifPresent(given -> {
          Optional<Given> literal = values.given(setting);
          if (literal.isPresent() && literal.get().origin().layer() == given.origin().layer()) {
            findings.problem(
                given.origin().place(),
                "%s and %s are both given: leave one out".formatted(file, setting));
          }
        });
    if (findings.problems().isEmpty()) {
      secret(setting, file).ifPresent(secret -> mustBeReadable(secret, file));
    }
  }

  private void mustBeReadable(Secret secret, Setting<Path> file) {
    try {
      secret.value();
    } catch (SyncException e) {
      String place = values.given(file).map(given -> given.origin().place()).orElse("");
      findings.problem(place, String.valueOf(e.getMessage()));
    }
  }

  private Configuration configuration() {
    return new Configuration(
        server(),
        values.get(Settings.DATA_DIR),
        database(),
        documents(),
        relay(),
        new Keys(
            secret(Settings.WEBHOOK_SECRET, Settings.WEBHOOK_SECRET_FILE),
            secret(Settings.SSH_KEY, Settings.SSH_KEY_FILE)),
        log(),
        Map.of());
  }

  private ServerSettings server() {
    Optional<ServerSettings.Tls> tls =
        values
            .find(Settings.TLS_CERTIFICATE)
            .flatMap(certificate ->
                values.find(Settings.TLS_KEY).map(key -> new ServerSettings.Tls(certificate, key)));
    return new ServerSettings(
        values.get(Settings.HOST),
        values.get(Settings.PORT),
        tls,
        new ServerSettings.Connections(
            values.get(Settings.MAX_CONNECTIONS),
            values.get(Settings.MAX_CONNECTIONS_PER_ADDRESS),
            values.get(Settings.TRUSTED_PROXIES)));
  }

  private Optional<DatabaseSettings> database() {
    return values
        .find(Settings.DATABASE_URL)
        .map(url -> new DatabaseSettings(url, values.find(Settings.DATABASE_USER), password()));
  }

  private Optional<Secret> password() {
    return secret(Settings.DATABASE_PASSWORD, Settings.DATABASE_PASSWORD_FILE);
  }

  private Optional<Secret> secret(Setting<String> setting, Setting<Path> inFile) {
    Optional<Secret> literal = values.find(setting).map(Secret::literal);
    Optional<Secret> file = values.find(inFile).map(Secret::file);
    if (literal.isEmpty() || file.isEmpty()) {
      return literal.or(() -> file);
    }
    Origin ofLiteral = values.given(setting).orElseThrow().origin();
    Origin ofFile = values.given(inFile).orElseThrow().origin();
    return ofFile.winsOver(ofLiteral) ? file : literal;
  }

  private RelaySettings relay() {
    return new RelaySettings(
        values.find(Settings.RELAY_SERVER),
        secret(Settings.RELAY_KEY, Settings.RELAY_KEY_FILE),
        values.find(Settings.RELAY_CONNECTORS),
        values.get(Settings.RELAY_QUIET),
        values.get(Settings.RELAY_COMMIT_INTERVAL));
  }

  private DocumentSettings documents() {
    return new DocumentSettings(
        values.get(Settings.DOCUMENTS_STORAGE),
        values.get(Settings.DOCUMENTS_AUTH),
        new DocumentSettings.Limits(
            Math.toIntExact(values.get(Settings.MAX_FRAME_BYTES)),
            values.get(Settings.MAX_PER_CONNECTION),
            values.get(Settings.MAX_DOCUMENT_MEMORY),
            values.get(Settings.CACHE),
            values.get(Settings.IDLE_AFTER)));
  }

  private LogSettings log() {
    return new LogSettings(values.get(Settings.LOG_FORMAT), values.get(Settings.LOG_LEVEL));
  }
}
