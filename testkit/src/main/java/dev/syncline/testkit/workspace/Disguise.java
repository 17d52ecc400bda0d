package dev.syncline.testkit.workspace;

import dev.syncline.core.merge.Conflict;
import dev.syncline.core.merge.Policies;
import dev.syncline.core.merge.ThreeWay;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.FileVersion;
import dev.syncline.core.model.LinkName;
import dev.syncline.core.model.PathMapping;
import dev.syncline.core.model.Snapshot;
import dev.syncline.core.port.Endpoint;
import dev.syncline.core.port.Ledger;
import dev.syncline.testkit.MapSnapshot;
import java.util.TreeMap;

/** The form in which a ledger has what endpoints hold, if it is another: encrypted, say. */
public interface Disguise {

  /**
   * What a link works with.
   *
   * @param endpoint that holds files as they are, and shows them disguised
   * @param policies that are asked about files as they are
   */
  record Dressed(Endpoint endpoint, Policies policies) {}

  /** A link starts, or starts again after its process died. */
  Dressed dress(LinkName link, PathMapping mapping, Dressed plain);

  /** What a version in the ledger is at an endpoint; one that is plain stays what it is. */
  FileVersion plain(FilePath inLedger, FileVersion version);

  /** What is in a version of the ledger. */
  byte[] read(FilePath inLedger, FileVersion version);

  /**
   * The ledger got a version.
   *
   * @throws AssertionError if it is not disguised
   */
  void check(FilePath inLedger, FileVersion version);

  /**
   * Whether all is in the ledger as it is. If not, there are no branches, whose people would see
   * what is disguised; and no symbolic links, which are not: an edit that made a file of one, and
   * followed it to where nothing is disguised, would stay disguised there.
   */
  boolean isNone();

  /** It is quiet: what can be found out again may be lost, and settings may change. */
  void rest();

  /** All plain files of the ledger. */
  default Snapshot plain(Snapshot inLedger) {
    var files = new TreeMap<FilePath, FileVersion>();
    inLedger.forEach((path, version) -> files.put(path, plain(path, version)));
    return new MapSnapshot(files);
  }

  /** The same conflict about plain versions. */
  default Conflict plain(Conflict conflict) {
    return new Conflict(
        conflict.link(),
        conflict.path(),
        plain(conflict.path(), conflict.sides()),
        conflict.reason(),
        conflict.since(),
        conflict.theirsBy());
  }

  /** The same path in plain versions. */
  default ThreeWay plain(FilePath inLedger, ThreeWay sides) {
    return new ThreeWay(
        sides.base().map(version -> plain(inLedger, version)),
        sides.ours().map(version -> plain(inLedger, version)),
        sides.theirs().map(version -> plain(inLedger, version)));
  }

  /** The ledger has what endpoints hold. */
  static Disguise none(Ledger ledger) {
    return new Disguise() {
      @Override
      public Dressed dress(LinkName link, PathMapping mapping, Dressed plain) {
        return plain;
      }

      @Override
      public FileVersion plain(FilePath inLedger, FileVersion version) {
        return version;
      }

      @Override
      public Snapshot plain(Snapshot inLedger) {
        return inLedger;
      }

      @Override
      public byte[] read(FilePath inLedger, FileVersion version) {
        return ledger.read(version.content());
      }

      @Override
      public void check(FilePath inLedger, FileVersion version) {}

      @Override
      public boolean isNone() {
        return true;
      }

      @Override
      public void rest() {}
    };
  }
}
