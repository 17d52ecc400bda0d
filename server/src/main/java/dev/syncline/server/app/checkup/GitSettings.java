package dev.syncline.server.app.checkup;

import dev.syncline.core.model.Finding;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Settings of the person's own Git that matter to a folder in which it is used beside Syncline:
 * what it changes in files by itself comes here as if somebody had changed them.
 *
 * @param folder that is kept in step
 */
record GitSettings(Path folder) {

  private static final String SUBJECT = "git settings";
  private static final int SECONDS = 10;

  List<Finding> examine() {
    if (!Files.exists(folder.resolve(".git"))) {
      return List.of(
          Finding.ok(SUBJECT, "Git is not used in the folder itself, so that none matters"));
    }
    try {
      var findings = new ArrayList<Finding>();
      if (!List.of("", "false").contains(setting("core.autocrlf"))) {
        findings.add(mend("Git turns line ends around in this folder", "core.autocrlf", "false"));
      }
      if (isSystem("mac") && !setting("core.precomposeunicode").equals("true")) {
        findings.add(
            mend("Git may take é for another name than it is", "core.precomposeunicode", "true"));
      }
      if (isSystem("win") && !setting("core.longpaths").equals("true")) {
        findings.add(
            mend("Git can't hold paths of more than 260 characters", "core.longpaths", "true"));
      }
      if (setting("user.name").isEmpty() || setting("user.email").isEmpty()) {
        findings.add(
            Finding.warning(
                SUBJECT,
                "Git doesn't know your name for commits that you make by hand",
                "git config --global user.name NAME, and user.email ADDRESS"));
      }
      return findings.isEmpty()
          ? List.of(Finding.ok(SUBJECT, "nothing that gets in the way"))
          : findings;
    } catch (IOException e) {
      return List.of(
          Finding.ok(SUBJECT, "there is no git program to ask; Syncline itself needs none"));
    }
  }

  private Finding mend(String sentence, String key, String value) {
    return Finding.warning(
        SUBJECT, sentence + " (" + key + ")", "git -C " + folder + " config " + key + " " + value);
  }

  private String setting(String key) throws IOException {
    Process git =
        new ProcessBuilder("git", "-C", folder.toString(), "config", "--get", key)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (var out = git.getInputStream()) {
      git.getOutputStream().close();
      String value = new String(out.readAllBytes(), StandardCharsets.UTF_8).strip();
      git.waitFor(SECONDS, TimeUnit.SECONDS);
      return value.toLowerCase(Locale.ROOT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    } finally {
      git.destroy();
    }
  }

  private static boolean isSystem(String name) {
    return System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith(name);
  }
}
