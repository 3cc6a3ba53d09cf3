// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.schema;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The fields of an object that its type does not have.
public final class UnknownFields {
  private record Unknown(String path, ObjectNode holder, String name) {}

  private UnknownFields() {}

  /// Their paths, such as `spec.template.spec.containers[0].imagee`, in the order of the object.
  public static List<String> of(Kind kind, JsonNode object) {
    return find(kind, object).stream().map(Unknown::path).toList();
  }

  /// The same, and takes them out, as the API server does when it reads an object.
  public static List<String> drop(Kind kind, ObjectNode object) {
    List<Unknown> unknown = find(kind, object);
    unknown.forEach(each -> each.holder().remove(each.name()));
    return unknown.stream().map(Unknown::path).toList();
  }

  private static List<Unknown> find(Kind kind, JsonNode object) {
    var unknown = new ArrayList<Unknown>();
    collect(kind.type(), object, "", unknown);
    return unknown;
  }

  private static void collect(Value type, JsonNode value, String path, List<Unknown> unknown) {
    switch (type) {
      case Value.Reference reference when value instanceof ObjectNode object ->
          fields(reference.structure(), object, path, unknown);
      case Value.Listing list when value.isArray() -> {
        for (int i = 0; i < value.size(); i++) {
          collect(list.element(), value.get(i), path + "[" + i + "]", unknown);
        }
      }
      case Value.Dictionary map when value.isObject() ->
          value
              .properties()
              .forEach(
                  each ->
                      collect(map.element(), each.getValue(), join(path, each.getKey()), unknown));
      case Value.Reference _, Value.Listing _, Value.Dictionary _ -> {}
      case Value.Scalar _, Value.Special _ -> {}
    }
  }

  private static void fields(
      Structure structure, ObjectNode object, String path, List<Unknown> unknown) {
    for (var each : object.properties()) {
      String here = join(path, each.getKey());
      structure
          .field(each.getKey())
          .ifPresentOrElse(
              field -> collect(field.value(), each.getValue(), here, unknown),
              () -> unknown.add(new Unknown(here, object, each.getKey())));
    }
  }

  private static String join(String path, String name) {
    return path.isEmpty() ? name : path + "." + name;
  }
}
