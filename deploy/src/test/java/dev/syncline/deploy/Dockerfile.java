package dev.syncline.deploy;

import java.util.ArrayList;
import java.util.List;

/** The image's recipe: its instructions, with continued lines joined. */
record Dockerfile(List<String> instructions) {

  static final String PATH = "deploy/docker/Dockerfile";

  static Dockerfile read() {
    var instructions = new ArrayList<String>();
    var current = new StringBuilder();
    for (String line : Checkout.text(PATH).lines().toList()) {
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      boolean continued = line.endsWith("\\");
      current.append(continued ? line.substring(0, line.length() - 1).strip() + " " : line.strip());
      if (!continued) {
        instructions.add(current.toString());
        current.setLength(0);
      }
    }
    return new Dockerfile(List.copyOf(instructions));
  }

  /** What follows a keyword, for each instruction that has it. */
  List<String> all(String keyword) {
    return instructions.stream()
        .filter(one -> one.startsWith(keyword + " "))
        .map(one -> one.substring(keyword.length() + 1).strip())
        .toList();
  }

  String last(String keyword) {
    return all(keyword).getLast();
  }

  /** The value of a variable of the final image. */
  String variable(String name) {
    for (String pair : last("ENV").split(" +", -1)) {
      if (pair.startsWith(name + "=")) {
        return pair.substring(name.length() + 1);
      }
    }
    throw new AssertionError("no ENV " + name);
  }

  /** Modules that the image's Java runtime has. */
  List<String> modules() {
    return all("RUN").stream()
        .filter(run -> run.startsWith("jlink "))
        .map(run -> run.replaceFirst(".*--add-modules +", ""))
        .flatMap(list -> List.of(list.split(",", -1)).stream())
        .toList();
  }
}
