// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.arm;

import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// One resource as it is kept. The tree is never changed in place: a write stores another one.
///
/// @param id the full resource id as the type writes it
/// @param type in its canonical casing
/// @param tree the newest shape, without what is computed at the moment of an answer
/// @param operation what runs on it or ran last
public record Stored(String id, String type, ObjectNode tree, Optional<Operation> operation) {
  /// A resource on which nothing ever ran.
  public static Stored of(String id, String type, ObjectNode tree) {
    return new Stored(id, type, tree, Optional.empty());
  }

  /// The same resource with another content.
  public Stored with(ObjectNode other) {
    return new Stored(id, type, other, operation);
  }

  /// The same resource while and after an operation.
  public Stored with(Operation started) {
    return new Stored(id, type, tree, Optional.of(started));
  }

  /// Its name, the last segment of the id.
  public String name() {
    return id.substring(id.lastIndexOf('/') + 1);
  }
}
