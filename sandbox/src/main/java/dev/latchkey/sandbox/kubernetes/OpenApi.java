// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.kubernetes;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The OpenAPI documents, as far as clients need them to leave validation to the server.
///
/// Clients look there for the parameter `fieldValidation` of a type's PATCH; where they find it
/// they send it and check nothing themselves.
final class OpenApi {
  private OpenApi() {}

  /// The list of documents under `/openapi/v3`.
  static ObjectNode index() {
    ObjectNode index = Trees.object();
    ObjectNode paths = index.putObject("paths");
    for (Kind kind : Discovery.groupVersions()) {
      String path = root(kind);
      paths
          .putObject(path)
          .put("serverRelativeURL", "/openapi/v3/" + path + "?hash=" + kind.version());
    }
    return index;
  }

  /// The document of one group and version.
  static ObjectNode document(String apiVersion, String kubernetesVersion) {
    ObjectNode document = Trees.object().put("openapi", "3.0.0");
    document.putObject("info").put("title", "Kubernetes").put("version", "v" + kubernetesVersion);
    ObjectNode paths = document.putObject("paths");
    for (Kind kind : Kinds.list()) {
      if (kind.apiVersion().equals(apiVersion) && !kind.review()) {
        String namespace = kind.namespaced() ? "namespaces/{namespace}/" : "";
        ObjectNode patch =
            paths
                .putObject("/" + root(kind) + "/" + namespace + kind.resource() + "/{name}")
                .putObject("patch");
        patch.put("operationId", "patch" + kind.name());
        patch(patch, kind);
      }
    }
    document.putObject("components").putObject("schemas");
    return document;
  }

  private static void patch(ObjectNode patch, Kind kind) {
    ArrayNode parameters = patch.putArray("parameters");
    for (String name : new String[] {"dryRun", "fieldManager", "fieldValidation"}) {
      parameters
          .addObject()
          .put("name", name)
          .put("in", "query")
          .putObject("schema")
          .put("type", "string");
    }
    patch.putObject("responses").putObject("200").put("description", "OK");
    patch.put("x-kubernetes-action", "patch");
    patch
        .putObject("x-kubernetes-group-version-kind")
        .put("group", kind.group())
        .put("kind", kind.name())
        .put("version", kind.version());
  }

  private static String root(Kind kind) {
    return (kind.group().isEmpty() ? "api/" : "apis/") + kind.apiVersion();
  }

  /// The older document without any type, as JSON.
  static ObjectNode second(String kubernetesVersion) {
    ObjectNode document = Trees.object().put("swagger", "2.0");
    document.putObject("info").put("title", "Kubernetes").put("version", "v" + kubernetesVersion);
    document.putObject("paths");
    document.putObject("definitions");
    return document;
  }

  /// The same in the protobuf form of gnostic: 1 swagger, 2 info (1 title, 2 version), 8 paths.
  static byte[] secondAsProtobuf(String kubernetesVersion) {
    var info = new ByteArrayOutputStream();
    field(info, 1, bytes("Kubernetes"));
    field(info, 2, bytes("v" + kubernetesVersion));
    var document = new ByteArrayOutputStream();
    field(document, 1, bytes("2.0"));
    field(document, 2, info.toByteArray());
    field(document, 8, new byte[0]);
    return document.toByteArray();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static void field(ByteArrayOutputStream out, int number, byte[] value) {
    out.write(number << 3 | 2);
    out.write(value.length); // all of ours are shorter than 128 bytes
    out.writeBytes(value);
  }
}
