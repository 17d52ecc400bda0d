package dev.syncline.server.forge.testforge;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/**
 * Cuts lists into pages, and says in a Link header where the others are.
 *
 * @param root address of the API
 * @param size name of the parameter for the size of pages
 */
record Pages(String root, String size, int usual) {

  Reply page(Asked asked, List<? extends JsonNode> all) {
    int length = Integer.parseInt(asked.query(size, String.valueOf(usual)));
    int page = Integer.parseInt(asked.query("page", "1"));
    int last = Math.max(1, (all.size() + length - 1) / length);
    ArrayNode items = JsonMapper.shared().createArrayNode();
    all.stream().skip((long) (page - 1) * length).limit(length).forEach(items::add);
    Map<String, Integer> others = new LinkedHashMap<>();
    if (page > 1) {
      others.put("prev", page - 1);
      others.put("first", 1);
    }
    if (page < last) {
      others.put("next", page + 1);
      others.put("last", last);
    }
    var links = new ArrayList<String>();
    others.forEach((relation, number) ->
        links.add("<" + address(asked, number) + ">; rel=\"" + relation + "\""));
    Reply reply = Reply.of(200, items);
    return links.isEmpty() ? reply : reply.with("Link", String.join(", ", links));
  }

  private String address(Asked asked, int page) {
    var query = new LinkedHashMap<>(asked.query());
    query.put("page", String.valueOf(page));
    var text = new ArrayList<String>();
    query.forEach(
        (name, value) -> text.add(name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8)));
    return root + asked.path() + "?" + String.join("&", text);
  }
}
