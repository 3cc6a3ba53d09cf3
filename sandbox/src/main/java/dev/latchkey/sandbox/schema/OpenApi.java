// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.schema;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The OpenAPI documents: which operations there are on which types, and what the types look like.
///
/// Clients look there for the parameter `fieldValidation` of a type's PATCH; where they find it
/// they send it and check nothing themselves. The types serve `explain` and the patches of `apply`.
public final class OpenApi {
  private static final Map<String, ObjectNode> SCHEMAS = new ConcurrentHashMap<>();

  private static final List<String> PATCHES =
      List.of(
          "application/apply-patch+yaml",
          "application/json-patch+json",
          "application/merge-patch+json",
          "application/strategic-merge-patch+json");

  private OpenApi() {}

  /// The list of documents under `/openapi/v3`.
  public static ObjectNode index() {
    ObjectNode index = Trees.object();
    ObjectNode paths = index.putObject("paths");
    for (Kind kind : Kinds.groupVersions()) {
      String path = root(kind);
      paths
          .putObject(path)
          .put("serverRelativeURL", "/openapi/v3/" + path + "?hash=" + kind.version());
    }
    return index;
  }

  /// The document of one group and version.
  public static ObjectNode document(String apiVersion, String kubernetesVersion) {
    ObjectNode document = Trees.object().put("openapi", "3.0.0");
    document.putObject("info").put("title", "Kubernetes").put("version", "v" + kubernetesVersion);
    ObjectNode paths = document.putObject("paths");
    Kinds.list().stream()
        .filter(kind -> kind.apiVersion().equals(apiVersion))
        .forEach(kind -> paths(paths, kind));
    document
        .putObject("components")
        .set("schemas", SCHEMAS.computeIfAbsent(apiVersion, Schemas::of));
    return document;
  }

  private static void paths(ObjectNode paths, Kind kind) {
    String namespace = kind.namespaced() ? "namespaces/{namespace}/" : "";
    String path = "/" + root(kind) + "/" + namespace + kind.resource();
    ObjectNode collection = paths.putObject(path);
    operation(collection, "post", "create", kind);
    if (kind.review()) {
      return;
    }
    operation(collection, "get", "list", kind);
    operation(collection, "delete", "deletecollection", kind);
    ObjectNode one = paths.putObject(path + "/{name}");
    operation(one, "get", "get", kind);
    operation(one, "put", "put", kind);
    operation(one, "delete", "delete", kind);
    ObjectNode patch = operation(one, "patch", "patch", kind);
    ObjectNode content = patch.putObject("requestBody").putObject("content");
    for (String mediaType : PATCHES) {
      content.putObject(mediaType).putObject("schema").put("type", "object");
    }
  }

  private static ObjectNode operation(ObjectNode path, String method, String verb, Kind kind) {
    ObjectNode operation = path.putObject(method);
    operation.put("operationId", verb + kind.version() + kind.name());
    boolean writes = List.of("create", "put", "patch").contains(verb);
    if (writes) {
      parameters(operation, verb);
    }
    operation.putObject("responses").putObject("200").put("description", "OK");
    operation.put("x-kubernetes-action", verb);
    Schemas.gvk(operation.putObject("x-kubernetes-group-version-kind"), kind, kind.name());
    return operation;
  }

  private static void parameters(ObjectNode operation, String verb) {
    ArrayNode parameters = operation.putArray("parameters");
    for (String name : List.of("dryRun", "fieldManager", "fieldValidation")) {
      parameter(parameters, name, "string");
    }
    if (verb.equals("patch")) {
      parameter(parameters, "force", "boolean");
    }
  }

  private static void parameter(ArrayNode parameters, String name, String type) {
    ObjectNode parameter = parameters.addObject().put("name", name).put("in", "query");
    parameter.putObject("schema").put("type", type).put("uniqueItems", true);
  }

  private static String root(Kind kind) {
    return (kind.group().isEmpty() ? "api/" : "apis/") + kind.apiVersion();
  }

  /// The older document without any type, as JSON: clients of today take the newer one.
  public static ObjectNode second(String kubernetesVersion) {
    ObjectNode document = Trees.object().put("swagger", "2.0");
    document.putObject("info").put("title", "Kubernetes").put("version", "v" + kubernetesVersion);
    document.putObject("paths");
    document.putObject("definitions");
    return document;
  }

  /// The same in the protobuf form of gnostic: 1 swagger, 2 info (1 title, 2 version), 8 paths.
  public static byte[] secondAsProtobuf(String kubernetesVersion) {
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
