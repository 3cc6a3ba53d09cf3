// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.schema;

import java.util.ArrayDeque;
import java.util.Deque;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Writes types as OpenAPI schemas, with Kubernetes' extensions.
final class Schemas {
  private static final String REFERENCE = "#/components/schemas/";

  private final ObjectNode schemas = Trees.object();
  private final Deque<Structure> open = new ArrayDeque<>();

  private Schemas() {}

  /// The schemas of the types of one group and version, and of all that they use.
  static ObjectNode of(String apiVersion) {
    var schemas = new Schemas();
    Kinds.list().stream()
        .filter(kind -> kind.apiVersion().equals(apiVersion))
        .forEach(schemas::add);
    return schemas.schemas;
  }

  private void add(Kind kind) {
    Structure structure = kind.type().structure();
    add(structure);
    ObjectNode schema = Trees.child(schemas, structure.openApiName());
    gvk(schema.putArray("x-kubernetes-group-version-kind").addObject(), kind, kind.name());
    if (!kind.review()) {
      list(kind, structure.openApiName());
    }
  }

  private void list(Kind kind, String element) {
    ObjectNode list = schemas.putObject(element + "List").put("type", "object");
    list.putArray("required").add("items");
    ObjectNode properties = list.putObject("properties");
    properties.putObject("apiVersion").put("type", "string");
    properties.putObject("kind").put("type", "string");
    ObjectNode items = properties.putObject("items").put("type", "array");
    refer(items.putObject("items"), element).putObject("default");
    String metadata = "io.k8s.apimachinery.pkg.apis.meta.v1.ListMeta";
    refer(properties.putObject("metadata"), metadata).putObject("default");
    if (!schemas.has(metadata)) {
      listMetadata(schemas.putObject(metadata).put("type", "object").putObject("properties"));
    }
    gvk(list.putArray("x-kubernetes-group-version-kind").addObject(), kind, kind.name() + "List");
  }

  private static void listMetadata(ObjectNode properties) {
    properties.putObject("continue").put("type", "string");
    properties.putObject("remainingItemCount").put("type", "integer").put("format", "int64");
    properties.putObject("resourceVersion").put("type", "string");
    properties.putObject("selfLink").put("type", "string");
  }

  static void gvk(ObjectNode entry, Kind kind, String name) {
    entry.put("group", kind.group()).put("kind", name).put("version", kind.version());
  }

  private void add(Structure first) {
    open.add(first);
    while (!open.isEmpty()) {
      Structure structure = open.remove();
      if (!schemas.has(structure.openApiName())) {
        write(schemas.putObject(structure.openApiName()), structure);
      }
    }
  }

  private void write(ObjectNode schema, Structure structure) {
    schema.put("type", "object");
    if (!structure.fields().isEmpty()) {
      ObjectNode properties = schema.putObject("properties");
      structure.fields().forEach((name, field) -> write(properties.putObject(name), field));
    }
    structure.fields().values().stream()
        .filter(Structure.Field::isRequired)
        .forEach(field -> Trees.list(schema, "required").add(field.name()));
    mapType(schema, structure.whole());
  }

  private void write(ObjectNode schema, Structure.Field field) {
    write(schema, field.value());
    if (field.isAlwaysThere()) {
      schema.putObject("default");
    } else if (!field.standard().isEmpty()) {
      schema.put("default", field.standard());
    }
    if (!field.merge().key().isEmpty()) {
      schema.put("x-kubernetes-patch-merge-key", field.merge().key());
    }
    if (!field.merge().strategy().isEmpty()) {
      schema.put("x-kubernetes-patch-strategy", field.merge().strategy());
    }
  }

  private void write(ObjectNode schema, Value value) {
    switch (value) {
      case Value.Scalar scalar -> {
        schema.put("type", scalar.type());
        if (!scalar.format().isEmpty()) {
          schema.put("format", scalar.format());
        }
      }
      case Value.Special special -> {
        refer(schema, special.form().openApiName());
        special(special.form());
      }
      case Value.Reference reference -> {
        Structure structure = reference.structure();
        refer(schema, structure.openApiName());
        open.add(structure);
        if (reference.whole() != structure.whole()) {
          mapType(schema, reference.whole());
        }
      }
      case Value.Listing list -> list(schema.put("type", "array"), list);
      case Value.Dictionary map -> {
        element(schema.put("type", "object").putObject("additionalProperties"), map.element());
        mapType(schema, map.whole());
      }
    }
  }

  /// Of a list inside a map nothing is said but what its elements are.
  private void element(ObjectNode schema, Value value) {
    if (value instanceof Value.Listing list) {
      write(schema.put("type", "array").putObject("items"), list.element());
    } else {
      write(schema, value);
    }
  }

  private static void mapType(ObjectNode schema, Value.Whole whole) {
    if (!whole.word().isEmpty()) {
      schema.put("x-kubernetes-map-type", whole.word());
    }
  }

  private void list(ObjectNode schema, Value.Listing list) {
    write(schema.putObject("items"), list.element());
    switch (list.ownership()) {
      case Value.Ownership.Atomic _ -> schema.put("x-kubernetes-list-type", "atomic");
      case Value.Ownership.ByValue _ -> schema.put("x-kubernetes-list-type", "set");
      case Value.Ownership.ByKeys keyed -> {
        schema.put("x-kubernetes-list-type", "map");
        ArrayNode keys = schema.putArray("x-kubernetes-list-map-keys");
        keyed.keys().forEach(keys::add);
      }
    }
  }

  private static ObjectNode refer(ObjectNode schema, String name) {
    schema.putArray("allOf").addObject().put("$ref", REFERENCE + name);
    return schema;
  }

  private void special(Value.Form form) {
    ObjectNode schema = Trees.child(schemas, form.openApiName());
    switch (form) {
      case QUANTITY -> oneOf(schema, "string", "number");
      case INT_OR_STRING -> oneOf(schema.put("format", "int-or-string"), "integer", "string");
      case TIME, MICRO_TIME -> schema.put("type", "string").put("format", "date-time");
      case FIELDS, RAW -> schema.put("type", "object");
      case JSON, SCHEMA_OR_BOOL, SCHEMA_OR_ARRAY, SCHEMA_OR_TEXTS -> {} // any JSON
    }
  }

  private static void oneOf(ObjectNode schema, String... types) {
    ArrayNode oneOf = schema.putArray("oneOf");
    for (String type : types) {
      oneOf.addObject().put("type", type);
    }
  }
}
