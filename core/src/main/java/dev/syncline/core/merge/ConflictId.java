package dev.syncline.core.merge;

import dev.syncline.core.model.ContentId;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.LinkName;
import dev.syncline.core.model.SyncException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * Names a conflict: the same for the same link and path, so that one that is seen twice waits once.
 *
 * @param value twelve hexadecimal digits
 */
public record ConflictId(String value) {

  private static final Pattern FORM = Pattern.compile("[0-9a-f]{12}");

  public ConflictId {
    if (!FORM.matcher(value).matches()) {
      throw new SyncException.Invalid("\"" + value + "\" is not a conflict's id of 12 digits");
    }
  }

  public static ConflictId of(LinkName link, FilePath path) {
    byte[] both = (link + "\0" + path).getBytes(StandardCharsets.UTF_16BE);
    return new ConflictId(ContentId.ofContents(both).toString().substring(0, 12));
  }

  @Override
  public String toString() {
    return value;
  }
}
