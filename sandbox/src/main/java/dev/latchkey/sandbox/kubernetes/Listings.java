// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.kubernetes;

import dev.latchkey.sandbox.message.Answer;
import dev.latchkey.sandbox.message.Ask;
import dev.latchkey.sandbox.schema.Trees;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Lists and watches.
final class Listings {
  /// How long a watch lasts that does not say: the API server's own is 30 to 60 minutes.
  private static final long WATCH_SECONDS = 1800;

  private final Store store;
  private final Shown shown;

  Listings(KubernetesCluster cluster, Shown shown) {
    this.store = cluster.store();
    this.shown = shown;
  }

  /// The objects of a collection that are asked for, or a page of them.
  Answer list(Ask ask, Route route) {
    Predicate<JsonNode> wanted = Query.wanted(ask);
    Store.Listing listing = store.listing(route.kind(), route.namespace());
    var found = new ArrayList<ObjectNode>();
    listing.objects().stream().filter(wanted).forEach(found::add);
    int from =
        ask.parameter("continue").filter(token -> !token.isEmpty()).map(Listings::place).orElse(0);
    int limit = (int) Math.min(Query.number(ask, "limit").orElse(0L), Integer.MAX_VALUE);
    int to = limit > 0 ? Math.min(found.size(), from + limit) : found.size();
    List<ObjectNode> page = found.subList(Math.min(from, to), to);
    ObjectNode answer = shown.several(ask, route.kind(), page);
    ObjectNode metadata = Trees.child(answer, "metadata");
    metadata.put("resourceVersion", Long.toString(listing.version()));
    if (to < found.size()) {
      metadata.put("continue", token(to)).put("remainingItemCount", found.size() - to);
    }
    return Shown.json(200, answer);
  }

  private static String token(int place) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(("from:" + place).getBytes(StandardCharsets.UTF_8));
  }

  private static int place(String token) {
    try {
      String text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
      return Integer.parseInt(text.replaceFirst("^from:", ""));
    } catch (IllegalArgumentException e) {
      throw Refusal.badRequest("continue key is not valid: " + e.getMessage());
    }
  }

  /// What happens to them from now on.
  Answer watch(Ask ask, Route route) {
    String version = ask.parameter("resourceVersion").orElse("");
    boolean initial = ask.parameter("sendInitialEvents").orElse("").equals("true");
    long from = version.isEmpty() || initial ? 0 : Query.parse("resourceVersion", version);
    boolean marks = ask.parameter("allowWatchBookmarks").orElse("").equals("true");
    var bookmarks =
        initial
            ? Watch.Bookmarks.AFTER_FIRST
            : marks ? Watch.Bookmarks.AT_END : Watch.Bookmarks.NONE;
    UnaryOperator<ObjectNode> form =
        Shown.asksForTable(ask)
            ? object -> shown.table(ask, route.kind(), List.of(object))
            : UnaryOperator.identity();
    var feed =
        new Watch(
            store,
            route.kind(),
            route.namespace(),
            Query.wanted(ask),
            from,
            Query.number(ask, "timeoutSeconds").filter(s -> s > 0).orElse(WATCH_SECONDS),
            bookmarks,
            form);
    return new Answer(
        200, Map.of("content-type", "application/json"), new Answer.Body.Stream(feed));
  }
}
