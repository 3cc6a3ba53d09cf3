// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.kubernetes;

import dev.latchkey.sandbox.schema.Kind;

/// What a caller wants to do, in the words of Kubernetes' authorizers.
///
/// @param resource empty for a path that is no resource
/// @param path the path, if it is no resource
record Attempt(
    String verb,
    String group,
    String resource,
    String subresource,
    String namespace,
    String name,
    String path) {

  static Attempt on(String verb, Kind kind, String subresource, String namespace, String name) {
    return new Attempt(verb, kind.group(), kind.resource(), subresource, namespace, name, "");
  }

  static Attempt onPath(String verb, String path) {
    return new Attempt(verb, "", "", "", "", "", path);
  }

  boolean isPath() {
    return resource.isEmpty();
  }

  String resourceWithSub() {
    return subresource.isEmpty() ? resource : resource + "/" + subresource;
  }

  /// Why it is forbidden, as Kubernetes writes it after `… is forbidden: `.
  String refusalTo(String user, String reason) {
    String where =
        namespace.isEmpty() ? " at the cluster scope" : " in the namespace \"" + namespace + "\"";
    return "User \""
        + user
        + "\" cannot "
        + verb
        + " resource \""
        + resourceWithSub()
        + "\" in API group \""
        + group
        + "\""
        + where
        + (reason.isEmpty() ? "" : ": " + reason);
  }
}
