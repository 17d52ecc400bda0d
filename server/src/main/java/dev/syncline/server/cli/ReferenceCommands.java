package dev.syncline.server.cli;

import dev.syncline.core.model.SyncException;
import dev.syncline.core.records.RecordRules;
import dev.syncline.server.cli.reference.Category;
import dev.syncline.server.cli.reference.Place;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;

/** What is done with reference data: canonical records, and the copies of them. */
final class ReferenceCommands {

  private ReferenceCommands() {}

  static Command of(Context context) {
    return Group.of(
        "reference",
        "Compare reference data with its copies, and keep the copies right.",
        new Diff(context.console()),
        new ReferenceSync(context));
  }

  /** Compares two places. */
  private record Diff(Console console) implements Command {
    @Override
    public Shape shape() {
      return Shape.of(
              "diff",
              "Compare records with a copy of them, field by field. Needs no configuration. Exit code"
                  + " 0: no drift, 2: drift, 4: the command can't be understood, 5: data can't be"
                  + " used.")
          .parameter("SOURCE", "What is right: a file (.json, .csv), a folder of them, a URL.")
          .parameter("TARGET", "The copy of it, in the same ways.")
          .option(
              "--category",
              "NAME",
              "The one category of the folders to compare; of files, what to call it.")
          .option(
              "--id",
              "FIELD",
              "The field that identifies a record in a list; in CSV, its column if not the first.")
          .options("--ignore", "FIELD", "Don't look at this field: a name, or /a/path.")
          .options("--unordered", "FIELD", "The order of this list says nothing.")
          .flag("--json", "Print all differences as JSON.")
          .flag("--color", "Print colours even if stdout is no terminal.")
          .examples(
              "syncline reference diff canonical/ copy/",
              "syncline reference diff https://example.org/v1/clip clip.json --ignore at",
              "syncline reference diff models.csv copy/models.csv --id name --json");
    }

    @Override
    public ExitCode run(Arguments given) {
      Optional<String> id = given.option("--id");
      var rules =
          new RecordRules(
              Set.copyOf(given.options("--ignore")), Set.copyOf(given.options("--unordered")));
      try (Place source = Place.open(given.parameters().get(0), console.folder(), id);
          Place target = Place.open(given.parameters().get(1), console.folder(), id)) {
        return new Comparing(console)
            .compare(Category.of(source, target, given.option("--category")), rules, given);
      } catch (SyncException e) {
        return unusable(e);
      } catch (IOException e) {
        console.err().println("syncline: can't be read: " + e.getMessage());
        return ExitCode.SOURCE;
      }
    }

    private ExitCode unusable(SyncException e) {
      console.err().println("syncline: " + e.getMessage());
      return ExitCode.SOURCE;
    }
  }
}
