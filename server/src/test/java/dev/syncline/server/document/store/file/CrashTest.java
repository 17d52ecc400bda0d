package dev.syncline.server.document.store.file;

import dev.syncline.server.document.QuietLog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Random histories on a disk that fails, is cut from power or outlives its program at every call:
 * what was acknowledged is there, in order, and nothing that was told failed comes back between.
 */
@ExtendWith(QuietLog.class)
final class CrashTest {

  private static final boolean FULL = Boolean.getBoolean("syncline.full");

  @Test
  void nothingAcknowledgedIsLostWhereverPowerFails() {
    for (int seed = 0; seed < (FULL ? 5_000 : 300); seed++) {
      var history = new CrashHistory(seed);
      for (int round = 0; round < 4; round++) {
        history.disk.cutPower(history.random.nextInt(1, 60));
        history.live();
        history.disk.restart();
        history.check("power cut");
      }
    }
  }

  @Test
  void nothingAcknowledgedIsLostWhereverTheProgramDies() {
    for (int seed = 0; seed < (FULL ? 5_000 : 200); seed++) {
      var history = new CrashHistory(seed);
      for (int round = 0; round < 4; round++) {
        history.disk.cutPower(history.random.nextInt(1, 60));
        history.live();
        history.disk.restartProgramOnly();
        history.checkUndamaged();
        history.check("program died");
      }
    }
  }

  @Test
  void whatADeadProgramLeftUnsyncedIsSyncedByTheNext() {
    for (int seed = 0; seed < (FULL ? 5_000 : 300); seed++) {
      var history = new CrashHistory(seed);
      history.disk.cutPower(history.random.nextInt(10, 100));
      history.live();
      history.disk.restartProgramOnly();
      history.disk.cutPower(history.random.nextInt(10, 60));
      history.live();
      history.disk.restart();
      history.check("program died, then power cut");
    }
  }

  @Test
  void failingDiskIsToldAndHealsByItself() {
    for (int seed = 0; seed < (FULL ? 5_000 : 300); seed++) {
      var history = new CrashHistory(seed);
      String reason = seed % 2 == 0 ? "No space left on device" : "Read-only file system";
      for (int round = 0; round < 3; round++) {
        history.disk.fail(history.random.nextInt(60), history.random.nextInt(1, 30), reason);
        history.live();
        history.disk.restart();
        history.check(reason);
      }
    }
  }

  @Test
  void recoveryItselfCanBeCutAnywhere() {
    for (int seed = 0; seed < (FULL ? 2_000 : 100); seed++) {
      var history = new CrashHistory(seed);
      history.disk.cutPower(40 + history.random.nextInt(40));
      history.live();
      history.disk.restart();
      for (int cut = 1; cut < 30; cut += history.random.nextInt(1, 4)) {
        history.disk.cutPower(cut);
        history.tryToOpen();
        history.disk.restart();
      }
      history.check("cut while recovering");
    }
  }
}
