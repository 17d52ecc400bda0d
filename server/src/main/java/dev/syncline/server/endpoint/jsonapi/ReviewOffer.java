package dev.syncline.server.endpoint.jsonapi;

import dev.syncline.core.merge.ByRecord;
import dev.syncline.core.merge.OnClash;
import dev.syncline.core.merge.Settlement;
import dev.syncline.core.model.FilePath;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Offers a source what people edited on a pull request, before it is merged. Thread-safe:
 * immutable.
 *
 * @param source with how it is told
 */
public record ReviewOffer(Source source, InstantSource clock) {

  /**
   * The versions of a category's file.
   *
   * @param proposed what was proposed
   * @param reviewed what people made of it on the pull request
   * @param kept what the ledger has
   * @param said what the source said last
   */
  public record Versions(byte[] proposed, byte[] reviewed, byte[] kept, byte[] said) {

    /**
     * What the source says, and on top of it what people edited on the pull request and nobody
     * else: neither what the ledger has beyond the source, which is offered by itself, nor the
     * undoing of what the source or others changed since.
     */
    Settlement edited(ByRecord.Records records) {
      var merge = new ByRecord(records, OnClash.OURS);
      Settlement onTop = merge.merge(Optional.of(proposed), kept, reviewed);
      return onTop instanceof Settlement.Combined(byte[] all)
          ? merge.merge(Optional.of(kept), said, all)
          : onTop;
    }
  }

  /**
   * Offers them; a file of older ones is removed if there are none.
   *
   * @param files by path, as the source's link has it
   * @return what people should know, a sentence each
   */
  public List<String> tell(Map<FilePath, Versions> files) {
    var notes = new ArrayList<String>();
    var edits = new ArrayList<Edited>();
    for (Category category : source.categories()) {
      Optional<Versions> versions = Optional.ofNullable(files.get(category.file()));
      if (versions.isPresent() && category.form() instanceof JsonForm form) {
        byte[] said = versions.get().said();
        switch (versions.get().edited(form.records())) {
          case Settlement.Combined(byte[] edited) -> edits.add(Edited.in(category, edited, said));
          case Settlement.Waits(String reason) ->
              notes.add(category.file() + " on the pull request is not offered: " + reason);
          case Settlement.Wins _, Settlement.Both _ -> {}
        }
      }
    }
    if (edits.isEmpty() && source.offer() instanceof Offer.ByRequest) {
      return notes;
    }
    try (var http = new ApiHttp(source.credentials(), source.patience(), Pace.USUAL, clock)) {
      notes.addAll(new Offering(source.offer(), http, Offering.Where.PULL_REQUEST).tell(edits));
    }
    return notes;
  }
}
