// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.kubernetes;

import dev.latchkey.sandbox.schema.Kind;
import dev.latchkey.sandbox.schema.Kinds;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Where a path of objects leads.
///
/// @param namespace empty: all of them, or none for types of the cluster's own scope
/// @param name empty: the collection
/// @param subresource empty: the object itself
record Route(Kind kind, String namespace, String name, String subresource) {

  /// The route of a path below a group and version; empty for all other paths.
  static Optional<Route> of(String path) {
    List<String> parts =
        Arrays.stream(path.split("/", -1)).filter(part -> !part.isEmpty()).toList();
    if (parts.size() > 2 && parts.getFirst().equals("api")) {
      return Optional.of(of("", parts.get(1), parts.subList(2, parts.size())));
    }
    if (parts.size() > 3 && parts.getFirst().equals("apis")) {
      return Optional.of(of(parts.get(1), parts.get(2), parts.subList(3, parts.size())));
    }
    return Optional.empty();
  }

  private static Route of(String group, String version, List<String> rest) {
    boolean inNamespace =
        rest.size() > 2
            && rest.getFirst().equals("namespaces")
            && Kinds.find(group, version, rest.get(2)).filter(Kind::namespaced).isPresent();
    String namespace = inNamespace ? rest.get(1) : "";
    List<String> tail = inNamespace ? rest.subList(2, rest.size()) : rest;
    Kind kind = Kinds.find(group, version, tail.getFirst()).orElseThrow(Refusal::noSuchPath);
    if (tail.size() > 3) {
      throw Refusal.noSuchPath();
    }
    return new Route(
        kind, namespace, tail.size() > 1 ? tail.get(1) : "", tail.size() > 2 ? tail.get(2) : "");
  }

  /// The namespace that rights are looked up in: a namespace object lies in itself.
  String authorizedNamespace() {
    return kind.equals(Kinds.NAMESPACE) ? name : namespace;
  }
}
