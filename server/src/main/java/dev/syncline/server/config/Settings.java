package dev.syncline.server.config;

import dev.syncline.server.config.Text.Audience;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All settings: the one table that everything about configuration comes from. */
public final class Settings {

  private static final long KIB = 1L << 10;
  private static final long MIB = 1L << 20;
  private static final long GIB = 1L << 30;
  private static final long TIB = 1L << 40;

  static final Setting<String> HOST =
      Setting.preset(
          "server.host",
          new Host(),
          "",
          "The address or host name to listen on; all addresses if empty.");

  static final Setting<Integer> PORT =
      Setting.preset(
          "server.port",
          Quantity.number(0, 65_535),
          "3030",
          "The port to listen on; 0 takes one that is free.");

  static final Setting<List<String>> TRUSTED_PROXIES =
      Setting.preset(
          "server.trusted-proxies",
          new AddressRanges(),
          "",
          "Reverse proxies, by address or range, whose `X-Forwarded-For` is believed.");

  static final Setting<Integer> MAX_CONNECTIONS =
      Setting.preset(
          "server.max-connections",
          Quantity.number(1, 1_000_000),
          "10000",
          "How many connections may be open at once.");

  static final Setting<Integer> MAX_CONNECTIONS_PER_ADDRESS =
      Setting.preset(
          "server.max-connections-per-address",
          Quantity.number(1, 1_000_000),
          "2000",
          "How many of them may come from one address.");

  static final Setting<Path> TLS_CERTIFICATE =
      Setting.optional(
          "server.tls.certificate",
          new LocalPath(),
          "/etc/syncline/tls.crt",
          "Serve HTTPS with this certificate and its chain (PEM). Read again when it changes.");

  static final Setting<Path> TLS_KEY =
      Setting.optional(
          "server.tls.key",
          new LocalPath(),
          "/etc/syncline/tls.key",
          "The certificate's private key (PEM).");

  static final Setting<Path> DATA_DIR =
      Setting.preset(
          "data-dir",
          new LocalPath(),
          ".syncline",
          "The folder of the server's own files; it is made if there is none.");

  static final Setting<String> DATABASE_URL =
      Setting.optional(
          "database.url",
          new PostgresAddress(),
          "postgres://db.example.com/syncline",
          "A PostgreSQL server for state and, if wanted, documents. Without it, SQLite in the data"
              + " directory.");

  static final Setting<String> DATABASE_USER =
      Setting.optional(
          "database.user",
          new Text(Audience.ANYBODY),
          "syncline",
          "The database's user; wins over the one in the URL.");

  static final Setting<String> DATABASE_PASSWORD =
      Setting.optional(
          "database.password",
          new Text(Audience.NOBODY),
          "…",
          "The database's password; wins over the one in the URL. Better: a file.");

  static final Setting<Path> DATABASE_PASSWORD_FILE =
      Setting.optional(
          "database.password-file",
          new LocalPath(),
          "/run/secrets/database-password",
          "A file that holds the database's password and nothing else. Read again for each new"
              + " connection, so that it can be changed.");

  static final Setting<DocumentSettings.Storage> DOCUMENTS_STORAGE =
      Setting.preset(
          "documents.storage",
          new Choice<>(DocumentSettings.Storage.class),
          "files",
          "Where documents are kept: in `files` in the data directory, or in the `database`, which"
              + " needs `database.url`.");

  static final Setting<DocumentSettings.Auth> DOCUMENTS_AUTH =
      Setting.preset(
          "documents.auth",
          new Choice<>(DocumentSettings.Auth.class),
          "none",
          "Who may use documents: everybody who reaches the server (`none`), or who shows a `token`"
              + " (`syncline token create`).");

  static final Setting<Long> MAX_FRAME_BYTES =
      Setting.preset(
          "documents.max-frame-bytes",
          Quantity.size(KIB, GIB),
          "64MiB",
          "The longest message that a client may send.");

  static final Setting<Integer> MAX_PER_CONNECTION =
      Setting.preset(
          "documents.max-per-connection",
          Quantity.number(1, 10_000_000),
          "10000",
          "How many documents one connection may have open.");

  static final Setting<Long> MAX_DOCUMENT_MEMORY =
      Setting.preset(
          "documents.max-document-memory",
          Quantity.size(MIB, TIB),
          "256MiB",
          "How much memory one document may take; a larger one is refused.");

  static final Setting<Long> CACHE =
      Setting.preset(
          "documents.cache",
          Quantity.size(0, TIB),
          "32MiB",
          "How much memory may hold documents that nobody works on.");

  static final Setting<Duration> IDLE_AFTER =
      Setting.preset(
          "documents.idle-after",
          Quantity.duration(Duration.ofMillis(100), Duration.ofDays(1)),
          "30s",
          "How long after its last message a document counts as one that nobody works on.");

  static final Setting<URI> RELAY_SERVER =
      Setting.optional(
          "relay.server",
          new WebAddress(),
          "https://relay.example.com",
          "The Relay Server whose shared folders are versioned, unless a workspace names another.");

  static final Setting<String> RELAY_KEY =
      Setting.optional(
          "relay.key",
          new Text(Audience.NOBODY),
          "…",
          "What is shown to that server: a key of the server, or one for the prefix of a relay."
              + " Better: a file.");

  static final Setting<Path> RELAY_KEY_FILE =
      Setting.optional(
          "relay.key-file",
          new LocalPath(),
          "/run/secrets/relay-key",
          "A file that holds the Relay Server's key and nothing else. Read again at each use.");

  static final Setting<Path> RELAY_CONNECTORS =
      Setting.optional(
          "relay.connectors",
          new LocalPath(),
          "git_connectors.toml",
          "Which folders go into which repositories, as relay-git-sync has it. Without it,"
              + " `git_connectors.toml` in the data directory, if it is there.");

  static final Setting<Duration> RELAY_QUIET =
      Setting.preset(
          "relay.quiet",
          Quantity.seconds(Duration.ZERO, Duration.ofHours(1)),
          "2s",
          "There is a commit when nobody has typed for so long.");

  static final Setting<Duration> RELAY_COMMIT_INTERVAL =
      Setting.preset(
          "relay.commit-interval",
          Quantity.seconds(Duration.ZERO, Duration.ofDays(1)),
          "10s",
          "There is a commit after so long even if people go on typing.");

  static final Setting<String> WEBHOOK_SECRET =
      Setting.optional(
          "webhooks.secret",
          new Text(Audience.NOBODY),
          "…",
          "What senders of webhooks prove that they know: `whsec_…` by signatures as Standard"
              + " Webhooks and Svix make them, `whs_…` by tokens, anything else by showing it."
              + " Without it no webhook is accepted.");

  static final Setting<Path> WEBHOOK_SECRET_FILE =
      Setting.optional(
          "webhooks.secret-file",
          new LocalPath(),
          "/run/secrets/webhook-secret",
          "A file that holds the secret of webhooks and nothing else. Read again at each use.");

  static final Setting<String> SSH_KEY =
      Setting.optional(
          "ssh.private-key",
          new Text(Audience.NOBODY),
          "…",
          "The private key, in OpenSSH's or PEM format, for repositories over ssh whose link names"
              + " none. Better: a file.");

  static final Setting<Path> SSH_KEY_FILE =
      Setting.optional(
          "ssh.private-key-file",
          new LocalPath(),
          "/run/secrets/ssh-key",
          "A file that holds the private ssh key and nothing else. Read again at each use.");

  static final Setting<LogSettings.Format> LOG_FORMAT =
      Setting.preset(
          "log.format",
          new Choice<>(LogSettings.Format.class),
          "auto",
          "How log lines look: `text`, `json`, or `auto`, which is text on a terminal and JSON"
              + " otherwise.");

  static final Setting<LogSettings.Level> LOG_LEVEL =
      Setting.preset(
          "log.level",
          new Choice<>(LogSettings.Level.class),
          "info",
          "The least important lines that are written.");

  /** In the order of the documentation. */
  private static final List<Setting<?>> ALL =
      List.of(
          HOST,
          PORT,
          TRUSTED_PROXIES,
          MAX_CONNECTIONS,
          MAX_CONNECTIONS_PER_ADDRESS,
          TLS_CERTIFICATE,
          TLS_KEY,
          DATA_DIR,
          DATABASE_URL,
          DATABASE_USER,
          DATABASE_PASSWORD,
          DATABASE_PASSWORD_FILE,
          DOCUMENTS_STORAGE,
          DOCUMENTS_AUTH,
          MAX_FRAME_BYTES,
          MAX_PER_CONNECTION,
          MAX_DOCUMENT_MEMORY,
          CACHE,
          IDLE_AFTER,
          RELAY_SERVER,
          RELAY_KEY,
          RELAY_KEY_FILE,
          RELAY_CONNECTORS,
          RELAY_QUIET,
          RELAY_COMMIT_INTERVAL,
          WEBHOOK_SECRET,
          WEBHOOK_SECRET_FILE,
          SSH_KEY,
          SSH_KEY_FILE,
          LOG_FORMAT,
          LOG_LEVEL);

  /** Flags by which relay-git-sync knows them. */
  private static final Map<String, Setting<?>> OLD_FLAGS =
      Map.of(
          "--commit-interval", RELAY_COMMIT_INTERVAL,
          "--git-config-file", RELAY_CONNECTORS,
          "--relay-server-url", RELAY_SERVER);

  private Settings() {}

  /** Flags that are kept for scripts of old; our own win. */
  public static Map<String, Setting<?>> oldFlags() {
    return OLD_FLAGS;
  }

  /** Every setting, sections together. */
  public static List<Setting<?>> all() {
    return ALL;
  }

  static Optional<Setting<?>> of(String key) {
    for (Setting<?> setting : ALL) {
      if (setting.key().equals(key)) {
        return Optional.of(setting);
      }
    }
    return Optional.empty();
  }

  /** The sections and their sections: {@code server}, {@code server.tls}, …, parents first. */
  static List<String> sections() {
    var sections = new LinkedHashSet<String>();
    for (Setting<?> setting : ALL) {
      for (int dot = setting.key().indexOf('.');
          dot >= 0;
          dot = setting.key().indexOf('.', dot + 1)) {
        sections.add(setting.key().substring(0, dot));
      }
    }
    return List.copyOf(sections);
  }

  static boolean isSection(String key) {
    return sections().contains(key);
  }

  /**
   * As flags: a server that only this machine reaches, on a free port, with its data in a folder.
   */
  public static Map<Setting<?>, String> forSelfTest(Path dataDir) {
    return Map.of(HOST, "127.0.0.1", PORT, "0", DATA_DIR, dataDir.toString());
  }
}
