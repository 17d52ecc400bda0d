package dev.syncline.server.ledger.remote;

import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.SyncException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.internal.submodule.SubmoduleValidator;
import org.eclipse.jgit.internal.submodule.SubmoduleValidator.SubmoduleValidationException;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.GitmoduleEntry;
import org.eclipse.jgit.lib.ObjectChecker;
import org.eclipse.jgit.lib.ObjectReader;
import org.jspecify.annotations.Nullable;

/**
 * Looks at every object before it gets in, as {@code git fsck} does, and at every name in a tree as
 * {@link FilePath} does: no name leads out of a folder or into a {@code .git}, by any spelling that
 * NTFS or HFS+ take for it.
 *
 * <p>JGit's own checks for Windows and macOS stay off. They also refuse what is only awkward there,
 * such as {@code aux.c} or two names that differ in case, and so would shut out sound repositories;
 * a plan holds such files back, one by one, from places that can't have them.
 */
final class IncomingObjects extends ObjectChecker {

  private static final int LARGEST_GITMODULES = 5 << 20;

  IncomingObjects() {
    // Found in many old and sound histories; Git itself only warns of the first.
    setAllowLeadingZeroFileMode(true);
    setAllowInvalidPersonIdent(true);
  }

  @Override
  public void checkTree(@Nullable AnyObjectId id, byte[] raw) throws CorruptObjectException {
    super.checkTree(id, raw);
    int at = 0;
    while (at < raw.length) {
      int name = at;
      while (raw[name] != ' ') {
        name++;
      }
      name++;
      int end = name;
      while (raw[end] != 0) {
        end++;
      }
      checkName(raw, name, end);
      at = end + 1 + Constants.OBJECT_ID_LENGTH;
    }
  }

  /** Looks at the submodules of trees that came: we never follow one, but others may. */
  void checkSubmodules(ObjectReader objects) throws IOException {
    for (GitmoduleEntry entry : getGitsubmodules()) {
      byte[] text =
          objects.open(entry.getBlobId(), Constants.OBJ_BLOB).getCachedBytes(LARGEST_GITMODULES);
      try {
        SubmoduleValidator.assertValidGitModulesFile(new String(text, StandardCharsets.UTF_8));
      } catch (SubmoduleValidationException e) {
        // One that is no configuration at all harms nobody; Git too lets it pass.
        if (e.getFsckMessageId() != ErrorType.GITMODULES_PARSE) {
          throw new CorruptObjectException("a submodule that would do harm: " + e.getMessage());
        }
      }
    }
  }

  private static void checkName(byte[] raw, int from, int to) throws CorruptObjectException {
    String name = decode(raw, from, to);
    try {
      var whole = new FilePath(name);
      if (whole.parent().isPresent()) {
        throw new CorruptObjectException("\"" + name + "\" is not one name");
      }
      // To Windows a backslash is what a slash is to everybody else.
      int start = 0;
      for (int at = 0; at <= name.length(); at++) {
        if (at == name.length() || name.charAt(at) == '\\') {
          if (at > start) {
            var _ = new FilePath(name.substring(start, at));
          }
          start = at + 1;
        }
      }
    } catch (SyncException.Invalid e) {
      var refused = new CorruptObjectException(e.getMessage());
      refused.initCause(e);
      throw refused;
    }
  }

  /** What is no UTF-8 can't be taken for .git either, so any reading of it will do. */
  private static String decode(byte[] raw, int from, int to) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(raw, from, to - from))
          .toString();
    } catch (CharacterCodingException notUtf8) {
      return new String(raw, from, to - from, StandardCharsets.ISO_8859_1);
    }
  }
}
