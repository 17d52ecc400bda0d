package dev.syncline.server.endpoint.jsonapi;

import dev.syncline.core.json.JsonReader;
import dev.syncline.core.json.JsonReading;
import dev.syncline.core.merge.ByRecord;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/**
 * The file is what the source says, letter by letter, with a line end at its end.
 *
 * @param id the field that tells the objects of an array apart; empty if they are members
 */
public record JsonForm(Optional<String> id) implements RecordForm {

  @Override
  public byte[] file(byte[] records) {
    if (records[records.length - 1] == '\n') {
      return records;
    }
    byte[] ended = Arrays.copyOf(records, records.length + 1);
    ended[records.length] = '\n';
    return ended;
  }

  @Override
  public ByRecord.Records records() {
    return id.<ByRecord.Records>map(ByRecord.Records.Elements::new)
        .orElseGet(ByRecord.Records.Members::new);
  }

  @Override
  public Set<String> ids(byte[] file) {
    return switch (JsonReader.read(file)) {
      case JsonReading.Read(var document) ->
          switch (Records.in(document.root(), id)) {
            case Records.Found(var ids) -> ids;
            case Records.Wrong _ -> Set.of();
          };
      case JsonReading.Refused _ -> Set.of();
    };
  }
}
