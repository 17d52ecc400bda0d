package dev.syncline.server.forge.testforge;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Which method answers which request. */
final class Routes {

  private record Route(String method, List<String> template, Function<Asked, Reply> answer) {}

  private final List<Route> routes = new ArrayList<>();
  private final TestPulls pulls;
  private final Reply missing;

  Routes(TestPulls pulls, Reply missing) {
    this.pulls = pulls;
    this.missing = missing;
  }

  /** A path as descriptions write it, with names in braces; a part of it has no slash. */
  Routes add(String method, String path, Function<Asked, Reply> answer) {
    routes.add(new Route(method, List.of(path.split("/", -1)), answer));
    return this;
  }

  /** The same for what is about one pull request, by its {@code number}. */
  Routes on(String method, String path, BiFunction<Asked, TestPull, Reply> answer) {
    return add(
        method,
        path,
        asked ->
            pulls
                .find(asked.number("number"))
                .map(pull -> answer.apply(asked, pull))
                .orElse(missing));
  }

  Reply answer(Asked asked) {
    List<String> parts = List.of(asked.path().split("/", -1));
    for (Route route : routes) {
      if (route.method().equals(asked.method()) && route.template().size() == parts.size()) {
        var found = new LinkedHashMap<String, String>();
        boolean fits = true;
        for (int i = 0; i < parts.size() && fits; i++) {
          String expected = route.template().get(i);
          String part = URLDecoder.decode(parts.get(i), StandardCharsets.UTF_8);
          if (expected.startsWith("{")) {
            found.put(expected.substring(1, expected.length() - 1), part);
          } else {
            fits = expected.equals(part);
          }
        }
        if (fits) {
          return route.answer().apply(asked.with(found));
        }
      }
    }
    return missing;
  }
}
