package dev.syncline.server.endpoint.relay;

import dev.syncline.yjs.StateVector;
import dev.syncline.yjs.YAny;
import dev.syncline.yjs.YDoc;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Who wrote in a document: a Relay Server notes in each which of its clients are whose. That is
 * exact, while the user that a message names is only who had the document open first.
 */
final class Contributors {

  private static final String USERS = "users";
  private static final String CLIENTS = "ids";

  private Contributors() {}

  /** The users who inserted something since a state; of the others nothing is known. */
  static Set<String> since(StateVector before, YDoc document) {
    StateVector now = document.state();
    var writing = new HashSet<Long>();
    now.clocks()
        .forEach((client, clock) -> {
          if (clock > before.of(client)) {
            writing.add(client);
          }
        });
    var users = new TreeSet<String>();
    document
        .map(USERS)
        .values()
        .forEach((user, its) -> {
          if (its.toAny() instanceof YAny.Fields(Map<String, YAny> fields)
              && fields.get(CLIENTS) instanceof YAny.Items(List<YAny> clients)
              && clients.stream().anyMatch(client -> isOneOf(client, writing))) {
            users.add(user);
          }
        });
    return users;
  }

  private static boolean isOneOf(YAny client, Set<Long> writing) {
    return switch (client) {
      case YAny.Num(double number) -> writing.contains((long) number);
      case YAny.BigInt(long number) -> writing.contains(number);
      case YAny.Undefined _, YAny.Null _, YAny.Bool _, YAny.Text _ -> false;
      case YAny.Bytes _, YAny.Items _, YAny.Fields _ -> false;
    };
  }
}
