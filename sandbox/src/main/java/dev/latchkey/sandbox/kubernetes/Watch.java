// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.kubernetes;

import dev.latchkey.sandbox.message.Answer;
import dev.latchkey.sandbox.schema.Kind;
import dev.latchkey.sandbox.schema.Trees;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The stream of changes of one type of object, as JSON documents, one a line.
///
/// @param from the version that the client has seen; 0: it wants what is there first
/// @param shown how an object is written: as it is, or as a table
record Watch(
    Store store,
    Kind kind,
    String namespace,
    Predicate<JsonNode> wanted,
    long from,
    long seconds,
    Bookmarks bookmarks,
    UnaryOperator<ObjectNode> shown)
    implements Answer.Feed {
  /// Which marks of progress a client asked for.
  enum Bookmarks {
    NONE,
    /// At the end of the watch.
    AT_END,
    /// After the objects that were there, too.
    AFTER_FIRST
  }

  private static final long BOOKMARK_SECONDS = 60;

  @Override
  public void pump(OutputStream out) throws IOException, InterruptedException {
    long seen = from;
    if (seen == 0) {
      seen = first(out);
    }
    out.flush();
    long left = Store.seconds(seconds);
    while (left > 0) {
      Optional<List<Store.Change>> changes = store.since(seen);
      if (changes.isEmpty()) {
        write(out, "ERROR", tooOld(seen, store.version()).status());
        return;
      }
      for (Store.Change change : changes.get()) {
        tell(out, change);
        seen = change.version();
      }
      out.flush();
      long slice = Math.min(left, Store.seconds(BOOKMARK_SECONDS));
      long rest = store.await(seen, slice);
      left -= slice - Math.max(0, rest);
      if (rest <= 0 && bookmarks != Bookmarks.NONE) {
        write(out, "BOOKMARK", bookmark(seen));
        out.flush();
      }
    }
  }

  static Refusal tooOld(long seen, long version) {
    return Refusal.expired("too old resource version: " + seen + " (" + version + ")");
  }

  private long first(OutputStream out) throws IOException {
    Store.Listing listing = store.listing(kind, namespace);
    for (ObjectNode object : listing.objects()) {
      if (wanted.test(object)) {
        write(out, "ADDED", shown.apply(object));
      }
    }
    if (bookmarks == Bookmarks.AFTER_FIRST) {
      ObjectNode end = bookmark(listing.version());
      Trees.child(end, "metadata", "annotations").put("k8s.io/initial-events-end", "true");
      write(out, "BOOKMARK", end);
    }
    return listing.version();
  }

  private void tell(OutputStream out, Store.Change change) throws IOException {
    String home = Trees.text(change.object(), "metadata", "namespace");
    if (!change.kind().equals(kind) || !(namespace.isEmpty() || namespace.equals(home))) {
      return;
    }
    boolean was = change.before().filter(wanted).isPresent();
    boolean is = change.type() != Store.Change.Type.DELETED && wanted.test(change.object());
    if (is) {
      write(out, was ? "MODIFIED" : "ADDED", shown.apply(change.object()));
    } else if (was) {
      write(out, "DELETED", shown.apply(change.object()));
    }
  }

  private ObjectNode bookmark(long version) {
    ObjectNode object =
        Trees.object().put("kind", kind.name()).put("apiVersion", kind.apiVersion());
    Trees.child(object, "metadata").put("resourceVersion", Long.toString(version));
    return object;
  }

  private static void write(OutputStream out, String type, JsonNode object) throws IOException {
    ObjectNode event = Trees.object().put("type", type);
    event.set("object", object);
    out.write(
        (JsonMapper.shared().writeValueAsString(event) + "\n").getBytes(StandardCharsets.UTF_8));
  }
}
