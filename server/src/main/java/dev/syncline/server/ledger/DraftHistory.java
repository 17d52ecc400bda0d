package dev.syncline.server.ledger;

import dev.syncline.core.model.Changes;
import dev.syncline.core.model.FileChange;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.port.Edit;
import dev.syncline.core.port.Recording;
import dev.syncline.core.port.Recording.Theirs;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;

/**
 * Makes the commits of a recording on top of a draft, by where its changes come from. Confined to
 * the thread that commits.
 */
final class DraftHistory {

  private final Draft draft;
  private final CommitWriter commits;
  private final TreeEditor trees;
  private final DraftBase bases;

  DraftHistory(Draft draft, CommitWriter commits, TreeEditor trees, DraftBase bases) {
    this.draft = draft;
    this.commits = commits;
    this.trees = trees;
    this.bases = bases;
  }

  /** Commits on top of each other: the last, and its files. */
  private record Chain(List<ObjectId> tip, ObjectId tree) {}

  /** Advances the draft to {@code tree}, which is what the recording's changes lead to. */
  void commit(Recording recording, ObjectId tree) throws IOException {
    switch (recording.theirs()) {
      case Theirs.Edits it -> edits(recording, it.edits(), tree);
      case Theirs.Merged it -> merged(recording, it.edits(), tree);
      case Theirs.History it -> history(recording, GitIds.id(it.tip()), tree);
      case Theirs.Resolved it -> resolved(recording, it, tree);
    }
  }

  private void edits(Recording recording, List<Edit> edits, ObjectId tree) throws IOException {
    if (recording.changes().isEmpty()) {
      return;
    }
    var start = new Chain(head(), draft.tree());
    boolean isOne = edits.size() == 1 && edits.getFirst().changes().equals(recording.changes());
    Chain chain =
        isOne ? commit(recording, start, edits.getFirst(), tree) : chain(recording, start, edits);
    if (!chain.tree().equals(tree)) {
      throw new IllegalArgumentException(
          "the edits of run " + recording.run() + " together are not its changes");
    }
    draft.advance(chain.tip().getFirst(), tree);
  }

  private void merged(Recording recording, List<Edit> edits, ObjectId tree) throws IOException {
    var link =
        recording
            .agreement()
            .orElseThrow(() -> new IllegalArgumentException("only a link's edits can be merged"))
            .link();
    Optional<DraftBase.Agreed> base = bases.of(RefNames.base(link));
    var start =
        new Chain(
            base.map(DraftBase.Agreed::madeAt).orElse(List.of()),
            base.map(DraftBase.Agreed::tree).orElse(Stored.EMPTY_TREE));
    Chain side = chain(recording, start, edits);
    if (side.tip().equals(start.tip())) {
      if (!recording.changes().isEmpty()) {
        draft.advance(commits.write(tree, head(), message(recording, "")), tree);
      }
      return;
    }
    if (draft.head().isEmpty() && side.tree().equals(tree)) {
      draft.advance(side.tip().getFirst(), tree);
    } else {
      merge(recording, side.tip().getFirst(), tree, "Merge changes of " + link);
    }
  }

  private void history(Recording recording, ObjectId tip, ObjectId tree) throws IOException {
    try (var walk = new RevWalk(draft.objects())) {
      RevCommit theirs = walk.parseCommit(tip);
      Optional<RevCommit> ours = parsed(walk);
      boolean isBehind = ours.isEmpty() || walk.isMergedInto(ours.get(), theirs);
      if (isBehind && theirs.getTree().equals(tree)) {
        draft.advance(tip, tree);
      } else if (ours.isEmpty() || !walk.isMergedInto(theirs, ours.get())) {
        String from = recording.agreement().map(it -> it.link() + " at ").orElse("");
        merge(recording, tip, tree, "Merge " + from + tip.name().substring(0, 10));
      } else if (!recording.changes().isEmpty()) {
        draft.advance(commits.write(tree, head(), message(recording, "")), tree);
      }
    }
  }

  private void resolved(Recording recording, Theirs.Resolved answer, ObjectId tree) {
    ObjectId conflict =
        draft
            .ref(RefNames.conflict(answer.conflict()))
            .orElseThrow(() -> new IllegalStateException("the conflict was looked at before"));
    var parents = new ArrayList<>(head());
    parents.add(conflict);
    Edit edit = answer.edit();
    draft.advance(
        commits.write(tree, parents, edit.author(), edit.at(), message(recording, edit.message())),
        tree);
  }

  private void merge(Recording recording, ObjectId other, ObjectId tree, String subject) {
    var parents = new ArrayList<>(head());
    parents.add(other);
    draft.advance(commits.write(tree, parents, message(recording, subject)), tree);
  }

  /** A commit for each edit that says something, even if the tree has it already. */
  private Chain chain(Recording recording, Chain start, List<Edit> edits) throws IOException {
    Chain chain = start;
    for (Edit edit : edits) {
      if (!(trees.edit(chain.tree(), edit.changes(), TreeEditor.Before.ANY)
          instanceof Edited.Done done)) {
        // One person's file is where another's folder is: only together they make sense.
        return commit(recording, start, together(edits));
      }
      if (!edit.changes().isEmpty()) {
        chain = commit(recording, chain, edit, done.tree());
      }
    }
    return chain;
  }

  private Chain commit(Recording recording, Chain on, Edit edit) throws IOException {
    return switch (trees.edit(on.tree(), edit.changes(), TreeEditor.Before.ANY)) {
      case Edited.Done done -> commit(recording, on, edit, done.tree());
      case Edited.Clash clash ->
          throw new IllegalArgumentException(
              clash.path() + " is a file and a folder in run " + recording.run());
    };
  }

  private Chain commit(Recording recording, Chain on, Edit edit, ObjectId tree) {
    String message = message(recording, edit.message(), edit.changes());
    ObjectId commit = commits.write(tree, on.tip(), edit.author(), edit.at(), message);
    return new Chain(List.of(commit), tree);
  }

  private static Edit together(List<Edit> edits) {
    var all = new TreeMap<FilePath, FileChange>();
    edits.forEach(edit -> all.putAll(edit.changes().byPath()));
    return edits.getLast().withChanges(new Changes(all));
  }

  private List<ObjectId> head() {
    return draft.head().stream().toList();
  }

  private Optional<RevCommit> parsed(RevWalk walk) throws IOException {
    return draft.head().isEmpty()
        ? Optional.empty()
        : Optional.of(walk.parseCommit(draft.head().get()));
  }

  private static String message(Recording recording, String written) {
    return message(recording, written, recording.changes());
  }

  private static String message(Recording recording, String written, Changes changes) {
    Map<String, String> trailers = new LinkedHashMap<>();
    trailers.put("Syncline-Run", recording.run().value());
    recording.agreement().ifPresent(it -> trailers.put("Syncline-Link", it.link().value()));
    int count = changes.byPath().size();
    return CommitText.message(
        written, "Change " + count + (count == 1 ? " file" : " files"), trailers);
  }
}
