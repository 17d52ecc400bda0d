package dev.syncline.deploy;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Reads YAML as JSON, which is what Kubernetes and Compose do with it. */
final class Yaml {

  private Yaml() {}

  static JsonObject file(String path) {
    List<JsonObject> documents = documents(Checkout.text(path));
    if (documents.size() != 1) {
      throw new AssertionError(path + " has " + documents.size() + " documents");
    }
    return documents.getFirst();
  }

  /** Every document of a stream that holds something. */
  static List<JsonObject> documents(String text) {
    var documents = new ArrayList<JsonObject>();
    var settings = LoadSettings.builder().setAllowDuplicateKeys(false).build();
    for (Object document : new Load(settings).loadAllFromString(text)) {
      if (document != null) {
        // A key without a value is there: Compose's volumes are written so.
        var json = new GsonBuilder().serializeNulls().create();
        documents.add(json.toJsonTree(document).getAsJsonObject());
      }
    }
    return documents;
  }

  /** What a path such as {@code spec.ports.0.port} leads to. */
  static JsonElement at(JsonElement root, String path) {
    JsonElement here = root;
    for (String step : path.split("\\.", -1)) {
      JsonElement next =
          here.isJsonArray()
              ? here.getAsJsonArray().get(Integer.parseInt(step))
              : here.getAsJsonObject().get(step);
      if (next == null) {
        throw new AssertionError("no " + step + " of " + path + " in " + root);
      }
      here = next;
    }
    return here;
  }

  static String text(JsonElement root, String path) {
    return at(root, path).getAsString();
  }
}
