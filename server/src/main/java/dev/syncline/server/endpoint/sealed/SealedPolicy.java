package dev.syncline.server.endpoint.sealed;

import dev.syncline.core.merge.Dispute;
import dev.syncline.core.merge.MergePolicy;
import dev.syncline.core.merge.Policies;
import dev.syncline.core.merge.Settlement;
import dev.syncline.core.merge.Side;
import dev.syncline.core.merge.Text;
import dev.syncline.core.merge.ThreeWay;
import dev.syncline.core.model.ContentId;
import dev.syncline.core.model.FileVersion;
import dev.syncline.core.model.SyncException;
import dev.syncline.core.port.Contents;
import dev.syncline.server.endpoint.sealed.SealedTable.Clear;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Asks a policy about the clear texts of encrypted files, and seals what it makes of them. Two
 * files that are only sealed in different ways are no dispute.
 *
 * @param real the policy
 * @param ledger where contents are
 */
public record SealedPolicy(MergePolicy real, Vault vault, Contents ledger) implements MergePolicy {

  /** The same policies, each for clear texts. */
  public static Policies around(Policies policies, Vault vault, Contents ledger) {
    return new Policies(
        policies.rules().stream()
            .map(rule ->
                new Policies.Rule(rule.paths(), new SealedPolicy(rule.policy(), vault, ledger)))
            .toList(),
        new SealedPolicy(policies.otherwise(), vault, ledger));
  }

  @Override
  public Settlement settle(Dispute dispute) {
    if (dispute.kind() == Dispute.Kind.FILE_OR_FOLDER
        || !dispute.sides().bothFiles()
        || !vault.guards(dispute.path())) {
      return real.settle(dispute);
    }
    var opened = new HashMap<ContentId, ContentId>();
    Optional<FileVersion> ours = clear(dispute.sides().ours(), opened);
    Optional<FileVersion> theirs = clear(dispute.sides().theirs(), opened);
    Optional<FileVersion> base = clear(dispute.sides().base(), opened);
    if (ours.isEmpty()
        || theirs.isEmpty()
        || base.isPresent() != dispute.sides().base().isPresent()) {
      return new Settlement.Waits("it is encrypted, and no identity here opens all its versions");
    }
    var clear = new ThreeWay(base, ours, theirs);
    return ThreeWay.oneSided(
            base.map(FileVersion::content),
            ours.map(FileVersion::content),
            theirs.map(FileVersion::content))
        .<Settlement>map(content -> of(content.orElseThrow(), dispute.sides(), clear))
        .orElseGet(() -> settle(dispute, clear, opened));
  }

  private Settlement settle(Dispute dispute, ThreeWay clear, Map<ContentId, ContentId> opened) {
    var question =
        new Dispute(
            dispute.kind(),
            dispute.path(),
            clear,
            dispute.oursAt(),
            dispute.theirsAt(),
            id -> read(opened.getOrDefault(id, id)));
    return switch (real.settle(question)) {
      case Settlement.Combined(byte[] contents) -> {
        ContentId id = ContentId.ofContents(contents);
        yield isOf(clear.ours(), id) || isOf(clear.theirs(), id)
            ? of(id, dispute.sides(), clear)
            : new Settlement.Combined(vault.seal(contents, ledger));
      }
      case Settlement.Wins wins -> wins;
      case Settlement.Both both -> both;
      case Settlement.Waits waits -> waits;
    };
  }

  /** The text of one of the sides, sealed as it is there; the ledger's if both have it. */
  private Settlement of(ContentId text, ThreeWay sides, ThreeWay clear) {
    Side side = isOf(clear.ours(), text) ? Side.OURS : Side.THEIRS;
    ContentId content = side.of(sides).orElseThrow().content();
    if (ledger.size(content) > Text.LARGEST) {
      return new Settlement.Wins(side);
    }
    return new Settlement.Combined(
        content.equals(text) ? vault.seal(ledger.read(content), ledger) : ledger.read(content));
  }

  private static boolean isOf(Optional<FileVersion> version, ContentId content) {
    return version.map(FileVersion::content).equals(Optional.of(content));
  }

  private Optional<FileVersion> clear(
      Optional<FileVersion> version, Map<ContentId, ContentId> opened) {
    if (version.isEmpty() || !version.get().mode().isFile()) {
      return version;
    }
    Optional<Clear> clear = vault.clear(version.get().content(), ledger);
    clear.ifPresent(it -> opened.put(it.id(), version.get().content()));
    return clear.map(it -> version.get().withContent(it.id()));
  }

  private byte[] read(ContentId sealed) {
    try (InputStream in = vault.open(sealed, ledger)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new SyncException.Unavailable("an age file can't be opened: " + e.getMessage(), e);
    }
  }
}
