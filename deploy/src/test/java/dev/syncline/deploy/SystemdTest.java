package dev.syncline.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The systemd unit, in systemd's own eyes. */
class SystemdTest {

  private static final String UNIT = "deploy/systemd/syncline.service";
  private static final String REFERENCE = "deploy/systemd/syncline-reference.service";

  @TempDir private Path folder;

  @Test
  void systemdUnderstandsEveryLine() throws IOException {
    Path unit = folder.resolve("syncline.service");
    // Here, the program is where these tests are; and the user may be missing.
    Files.writeString(
        unit,
        Checkout.text(UNIT)
            .replace("/opt/syncline/syncline", Checkout.file("syncline").toString())
            .replaceAll("(?m)^(User|Group)=syncline$", "$1=nobody")
            .replace("Group=nobody", "Group=root"));

    Program.Answer answer =
        Program.ofDebian("systemd-analyze", "systemd")
            .run(Map.of("SYSTEMD_LOG_LEVEL", "warning"), List.of("verify", unit.toString()));

    // Units of the machine itself are none of our business.
    List<String> about = answer.output().lines().filter(line -> line.contains("syncline")).toList();
    assertEquals(List.of(), about);
  }

  @Test
  void systemdUnderstandsEveryLineOfTheUsersUnit() throws IOException {
    Path unit = folder.resolve("syncline-user.service");
    Files.writeString(
        unit,
        Checkout.text("deploy/systemd/syncline-user.service")
            .replace("%h/.local/lib/syncline/syncline", Checkout.file("syncline").toString()));

    Program.Answer answer =
        Program.ofDebian("systemd-analyze", "systemd")
            .run(
                Map.of("SYSTEMD_LOG_LEVEL", "warning", "XDG_RUNTIME_DIR", folder.toString()),
                List.of("verify", "--user", unit.toString()));

    List<String> about = answer.output().lines().filter(line -> line.contains("syncline")).toList();
    assertEquals(List.of(), about);
  }

  @Test
  void systemdUnderstandsEveryLineOfTheTimer() throws IOException {
    Path timer = folder.resolve("syncline-reference.timer");
    Files.writeString(timer, Checkout.text("deploy/systemd/syncline-reference.timer"));
    Files.writeString(
        folder.resolve("syncline-reference.service"),
        Checkout.text(REFERENCE)
            .replace("/opt/syncline/syncline", Checkout.file("syncline").toString())
            .replace("User=syncline", "User=nobody")
            .replace("Group=syncline", "Group=root"));

    Program.Answer answer =
        Program.ofDebian("systemd-analyze", "systemd")
            .run(Map.of("SYSTEMD_LOG_LEVEL", "warning"), List.of("verify", timer.toString()));

    List<String> about = answer.output().lines().filter(line -> line.contains("syncline")).toList();
    assertEquals(List.of(), about);
  }

  @ParameterizedTest
  @ValueSource(strings = {UNIT, REFERENCE})
  void exposureIsSmall(String unit) {
    Program.Answer answer =
        Program.ofDebian("systemd-analyze", "systemd")
            .run(
                "security",
                "--offline=true",
                "--threshold=25",
                "--no-pager",
                Checkout.file(unit).toString());

    answer.mustBe(0);
    assertTrue(answer.output().contains("Overall exposure level"), answer.output());
  }

  @Test
  void usersFileMakesTheUnitsUser() {
    assertTrue(
        Checkout.text("deploy/systemd/syncline.sysusers.conf").contains("\nu syncline - "),
        "the unit's User= has to exist");
  }
}
