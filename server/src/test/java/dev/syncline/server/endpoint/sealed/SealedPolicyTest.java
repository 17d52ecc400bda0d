package dev.syncline.server.endpoint.sealed;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.syncline.core.merge.Dispute;
import dev.syncline.core.merge.NamedPolicy;
import dev.syncline.core.merge.Settlement;
import dev.syncline.core.merge.Side;
import dev.syncline.core.merge.ThreeWay;
import dev.syncline.core.model.ContentId;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.FileVersion;
import dev.syncline.testkit.MemoryContents;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What both sides changed in an encrypted file is settled by what is in it. */
final class SealedPolicyTest {

  private static final FilePath PATH = new FilePath("secrets/list");

  @TempDir Path folder;
  private final MemoryContents ledger = new MemoryContents();

  @Test
  void textIsMergedAndSealed() throws IOException {
    byte[] merged =
        combined(
            settle(
                "merge",
                ada("1\n2\n3\n4\n5\n"),
                ada("one\n2\n3\n4\n5\n"),
                ada("1\n2\n3\n4\nfive\n")));
    assertEquals("one\n2\n3\n4\nfive\n", text(merged));
    assertFalse(
        ledger.has(ContentId.ofContents("one\n2\n3\n4\nfive\n".getBytes(StandardCharsets.UTF_8))));
  }

  @Test
  void whatBothMadeTheSameStaysAsTheLedgerHasIt() {
    FileVersion ours = ada("same");
    Settlement settlement = settle("merge", ada("before"), ours, ada("same"));
    assertArrayEquals(ledger.read(ours.content()), combined(settlement));
    Settlement added = settle("keep-both", Optional.empty(), ours, ada("same"));
    assertArrayEquals(ledger.read(ours.content()), combined(added));
  }

  @Test
  void whatIsOnlySealedAnewIsNoChange() {
    FileVersion ours = ada("changed");
    assertArrayEquals(
        ledger.read(ours.content()),
        combined(settle("keep-both", ada("before"), ours, ada("before"))));
    FileVersion theirs = ada("changed");
    assertArrayEquals(
        ledger.read(theirs.content()),
        combined(settle("keep-both", ada("before"), ada("before"), theirs)));
  }

  @Test
  void otherPoliciesDecideAsEver() {
    assertEquals(new Settlement.Wins(Side.THEIRS), settle("theirs", ada("a"), ada("b"), ada("c")));
    assertInstanceOf(Settlement.Both.class, settle("keep-both", ada("a"), ada("b"), ada("c")));
    assertInstanceOf(Settlement.Waits.class, settle("merge", ada("a"), ada("b"), ada("c")));
  }

  @Test
  void whatCannotBeOpenedWaits() {
    FileVersion bobs = FileVersion.regular(ledger.put(Keys.BOB.seal("from Bob")));
    assertInstanceOf(Settlement.Waits.class, settle("merge", ada("a"), ada("b"), bobs));
    assertInstanceOf(Settlement.Waits.class, settle("merge", bobs, ada("b"), ada("c")));
  }

  private Settlement settle(String policy, FileVersion base, FileVersion ours, FileVersion theirs) {
    return settle(policy, Optional.of(base), ours, theirs);
  }

  private Settlement settle(
      String policy, Optional<FileVersion> base, FileVersion ours, FileVersion theirs) {
    var dispute =
        new Dispute(
            Dispute.Kind.FILE,
            PATH,
            new ThreeWay(base, Optional.of(ours), Optional.of(theirs)),
            () -> Instant.EPOCH,
            () -> Instant.EPOCH,
            ledger::read);
    return SealedPolicy.around(
            NamedPolicy.rules(Map.of("**", policy)), Keys.ADA.vault(folder), ledger)
        .of(PATH)
        .settle(dispute);
  }

  private FileVersion ada(String text) {
    return FileVersion.regular(ledger.put(Keys.ADA.seal(text)));
  }

  private static byte[] combined(Settlement settlement) {
    return assertInstanceOf(Settlement.Combined.class, settlement).contents();
  }

  private static String text(byte[] sealed) throws IOException {
    return new String(Keys.ADA.open(sealed), StandardCharsets.UTF_8);
  }
}
