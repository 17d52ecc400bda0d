package dev.syncline.server.cli;

import dev.syncline.core.model.SyncException;
import dev.syncline.server.view.Ssh;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Keys for repositories over ssh, and hosts to trust. */
final class SshCommands {

  private static final int PORT = 22;

  private SshCommands() {}

  static Command of(Context context) {
    return Group.of(
        "ssh",
        "Make and show keys for repositories over ssh, and trust hosts.",
        new Keygen(context),
        new Show(context),
        new ShowPublicKey(context),
        new Trust(context));
  }

  private static Ssh ssh(Context context, Arguments given) {
    return context.program().ssh(context.configuration(given));
  }

  /** Makes a key. */
  private record Keygen(Context context) implements Command {
    @Override
    public Shape shape() {
      return Context.withPlace(Shape.of("keygen", "Make a key for links to repositories over ssh."))
          .option("--name", "NAME", "The key's file; id_ed25519 or id_rsa if not given.")
          .option("--type", "TYPE", "ed25519, or rsa (4096 bits); ed25519 if not given.")
          .option("--comment", "TEXT", "Which key it is, for people; the user if not given.")
          .examples("syncline ssh keygen", "syncline ssh keygen --name work --type rsa");
    }

    @Override
    public ExitCode run(Arguments given) {
      String type = given.option("--type").orElse("ed25519");
      Ssh.Kind kind =
          switch (type) {
            case "ed25519" -> Ssh.Kind.ED25519;
            case "rsa" -> Ssh.Kind.RSA;
            default -> throw new UsageException("--type: `" + type + "` is not ed25519 or rsa");
          };
      String comment = given.option("--comment").orElseGet(() -> "syncline of " + user());
      String name = given.option("--name").orElse("id_" + type);
      Ssh.Key key = ssh(context, given).generate(name, kind, comment);
      print(context, key);
      return ExitCode.OK;
    }

    private static String user() {
      return System.getProperty("user.name", "somebody");
    }
  }

  /** Shows public keys. */
  private record Show(Context context) implements Command {
    @Override
    public Shape shape() {
      return Context.withPlace(
              Shape.of("show", "Show the public keys, and where a host wants to have them."))
          .option("--name", "NAME", "Only this key.")
          .examples("syncline ssh show");
    }

    @Override
    public ExitCode run(Arguments given) {
      Optional<String> name = given.option("--name");
      List<Ssh.Key> keys =
          ssh(context, given).keys().stream()
              .filter(key -> name.isEmpty() || name.get().equals(key.name()))
              .toList();
      if (keys.isEmpty()) {
        throw new NotFoundException("there is no such key: make one with syncline ssh keygen");
      }
      keys.forEach(key -> print(context, key));
      return ExitCode.OK;
    }
  }

  /** Shows the usual key, as relay-git-sync does. */
  private record ShowPublicKey(Context context) implements Command {
    @Override
    public Shape shape() {
      return Context.withPlace(
              Shape.of(
                  "show-pubkey", "Show the public key that opens what no link names a key for."))
          .examples("syncline ssh show-pubkey");
    }

    @Override
    public ExitCode run(Arguments given) {
      Ssh.Key key =
          ssh(context, given)
              .usual()
              .orElseThrow(() ->
                  new NotFoundException("there is no key: make one with syncline ssh keygen"));
      context.console().out().println(key.line());
      return ExitCode.OK;
    }
  }

  /** Trusts a host. */
  private record Trust(Context context) implements Command {
    @Override
    public Shape shape() {
      return Context.withPlace(
              Shape.of("trust", "Fetch the keys of an ssh host, and trust them from now on."))
          .parameter("HOST[:PORT]", "The host, as in the repository's address.")
          .option(
              "--fingerprint",
              "SHA256:…",
              "Trust the key with this fingerprint without asking, and no other.")
          .flag("--yes", "Trust what the host shows, without asking.")
          .examples(
              "syncline ssh trust github.com",
              "syncline ssh trust git.example.org:2222 --fingerprint SHA256:…");
    }

    @Override
    public ExitCode run(Arguments given) throws IOException {
      HostAndPort host = HostAndPort.parse(given.parameter());
      Ssh ssh = ssh(context, given);
      List<Ssh.HostKey> shown = ssh.ask(host.host(), host.port());
      Optional<String> wanted = given.option("--fingerprint");
      List<Ssh.HostKey> chosen =
          shown.stream()
              .filter(key -> wanted.isEmpty() || key.fingerprint().equals(wanted.get()))
              .toList();
      PrintStream out = context.console().out();
      shown.forEach(key -> out.println(key.fingerprint() + "  " + key.type()));
      out.flush();
      if (chosen.isEmpty()) {
        throw new SyncException.Denied(
            host
                + " shows no key with the fingerprint "
                + wanted.orElse("")
                + ": it may be another machine than you think; nothing was trusted");
      }
      if (wanted.isEmpty() && !given.has("--yes") && !agrees(host)) {
        context.console().err().println("syncline: nothing was trusted");
        return ExitCode.DENIED;
      }
      ssh.trust(host.host(), host.port(), chosen);
      out.println(host + " is trusted, in " + ssh.knownHosts());
      return ExitCode.OK;
    }

    private boolean agrees(HostAndPort host) throws IOException {
      context
          .console()
          .err()
          .print("Does the owner of " + host + " publish one of these fingerprints? [yes/no] ");
      context.console().err().flush();
      var in =
          new BufferedReader(new InputStreamReader(context.console().in(), StandardCharsets.UTF_8));
      String line = in.readLine();
      return line != null && line.strip().equals("yes");
    }
  }

  /** Where a host listens. */
  private record HostAndPort(String host, int port) {
    static HostAndPort parse(String text) {
      int colon = text.lastIndexOf(':');
      boolean hasPort =
          colon > 0 && text.indexOf(']') < colon && text.substring(colon + 1).matches("[0-9]{1,5}");
      return hasPort
          ? new HostAndPort(text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)))
          : new HostAndPort(text, PORT);
    }

    @Override
    public String toString() {
      return port == PORT ? host : host + ":" + port;
    }
  }

  private static void print(Context context, Ssh.Key key) {
    context
        .console()
        .out()
        .print(
            """
            %s
            fingerprint  %s
            for a link   ssh-key: %s

            Give the first line to the repository's host, with leave to write:
            GitHub       the repository's Settings → Deploy keys → Add deploy key
            GitLab       the project's Settings → Repository → Deploy keys
            Gitea        the repository's Settings → Deploy Keys
            """
                .formatted(key.line(), key.fingerprint(), key.file()));
  }
}
