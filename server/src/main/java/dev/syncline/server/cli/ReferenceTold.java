package dev.syncline.server.cli;

import dev.syncline.core.flow.Health;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.LinkName;
import dev.syncline.core.plan.Run;
import dev.syncline.server.config.ApiSettings;
import dev.syncline.server.config.LinkSettings;
import dev.syncline.server.config.WorkspaceSettings;
import dev.syncline.server.view.Workspaces;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a workspace did, for people, and what that means for the exit code.
 *
 * @param status how it is
 * @param runs of its links, newest first, as far as they did something
 */
record ReferenceTold(WorkspaceSettings settings, Workspaces.Status status, List<Run> runs) {

  /** A line for each link, and one for each file that could not be looked at or written. */
  List<String> lines() {
    var lines = new ArrayList<String>();
    status
        .links()
        .forEach((name, link) -> {
          lines.add(status.workspace() + ": " + name + ": " + sentence(name, link));
          problems(link).forEach((path, why) -> lines.add("    " + path + ": " + why));
        });
    return lines;
  }

  /** Why links stopped. */
  List<String> complaints() {
    var complaints = new ArrayList<String>();
    status
        .links()
        .forEach((name, link) -> {
          if (isStopped(link)) {
            complaints.add(
                secretMissing(name)
                    .orElseGet(() -> "link " + name + ": " + link.health().reason()));
          }
        });
    return complaints;
  }

  ExitCode code() {
    var worst = status.conflicts() > 0 ? ExitCode.PARTLY : ExitCode.OK;
    for (Map.Entry<LinkName, Workspaces.LinkStatus> link : status.links().entrySet()) {
      worst = worst.orWorse(code(link.getKey(), link.getValue()));
    }
    return worst;
  }

  private ExitCode code(LinkName name, Workspaces.LinkStatus link) {
    if (place(name).filter(it -> isUnusable(it, link)).isPresent()) {
      return ExitCode.SOURCE;
    }
    if (!isStopped(link)) {
      boolean isWhole =
          link.health().condition() != Health.Condition.HELD && problems(link).isEmpty();
      return isWhole ? ExitCode.OK : ExitCode.PARTLY;
    }
    if (secretMissing(name).isPresent()) {
      return ExitCode.ASKED_WRONGLY;
    }
    return place(name).filter(it -> it instanceof LinkSettings.Place.Api).isPresent()
        ? ExitCode.SOURCE
        : ExitCode.PLATFORM;
  }

  /** Whether no category of a source could be used. */
  private static boolean isUnusable(LinkSettings.Place place, Workspaces.LinkStatus link) {
    return place instanceof LinkSettings.Place.Api(ApiSettings api)
        && api.categories().size() == problems(link).size();
  }

  private static boolean isStopped(Workspaces.LinkStatus link) {
    return switch (link.health().condition()) {
      case UNREACHABLE, DENIED, HALTED -> true;
      case IDLE, SYNCING, WAITING, HELD, CONFLICT, PAUSED -> false;
    };
  }

  private Optional<String> secretMissing(LinkName name) {
    return place(name).flatMap(place -> ReferenceSecrets.missingToRead(name, place));
  }

  private String sentence(LinkName name, Workspaces.LinkStatus link) {
    List<Run> its = runs.reversed().stream().filter(run -> run.link().equals(name)).toList();
    String where = place(name).map(ReferenceTold::where).orElse(link.place());
    var said = new LinkedHashSet<String>();
    int in = its.stream().mapToInt(run -> run.work().toLedger()).sum();
    if (in > 0) {
      said.add(Texts.count(in, "file") + " came in from " + where);
    }
    int out = its.stream().mapToInt(run -> run.work().toEndpoint()).sum();
    if (out > 0) {
      said.add(Texts.count(out, "file") + " went out to " + where);
    }
    its.forEach(run -> said.addAll(run.work().reply().notes()));
    link.last().ifPresent(run -> said.addAll(run.work().reply().notes()));
    if (!problems(link).isEmpty()) {
      said.add(Texts.count(problems(link).size(), "file") + " could not be looked at or written");
    } else if (link.health().condition() != Health.Condition.IDLE) {
      said.add(link.health().reason());
    }
    return said.isEmpty() ? "nothing to do" : String.join("; ", said);
  }

  private static String where(LinkSettings.Place place) {
    return place instanceof LinkSettings.Place.Reviewed(var branch, var _)
        ? branch.described()
        : place.described();
  }

  private static Map<FilePath, String> problems(Workspaces.LinkStatus link) {
    return new TreeMap<>(link.last().map(run -> run.work().problems()).orElse(Map.of()));
  }

  private Optional<LinkSettings.Place> place(LinkName name) {
    return Optional.ofNullable(settings.links().get(name)).map(LinkSettings::place);
  }
}
