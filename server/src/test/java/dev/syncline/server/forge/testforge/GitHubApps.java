package dev.syncline.server.forge.testforge;

import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** GitHub's API for apps. Who asks has shown a proof. */
record GitHubApps(TestApp app, Description description) {

  void addTo(Routes routes) {
    routes
        .add("POST", "/app/installations/{installation}/access_tokens", this::token)
        .add("GET", "/repos/{owner}/{repo}/installation", asked -> installation());
  }

  private Reply token(Asked asked) {
    if (asked.number("installation") != app.installation) {
      return Reply.error(404, "Not Found");
    }
    for (Map.Entry<String, JsonNode> permission : asked.body().path("permissions").properties()) {
      if (!permission.getValue().asString("").equals(app.permissions.get(permission.getKey()))) {
        return Reply.error(422, "The permissions requested are not granted to this installation.");
      }
    }
    if (!asked.body().path("repositories").path(0).asString("").equals(TestForge.NAME)) {
      return Reply.error(
          422,
          "There is at least one repository that does not exist or is not accessible to the"
              + " parent installation.");
    }
    ObjectNode token = (ObjectNode) description.example("installation-token");
    token.remove("repositories");
    token
        .put("token", app.token())
        .put("expires_at", app.clock.instant().plusSeconds(3600).toString());
    return Reply.of(201, token);
  }

  private Reply installation() {
    ObjectNode installation = (ObjectNode) description.example("installation");
    return Reply.of(200, installation.put("id", app.installation));
  }
}
