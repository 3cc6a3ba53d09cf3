// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.kubernetes;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.lang.reflect.Field;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Finds fields that a type does not have, by the fields of the client library's model classes.
final class FieldCheck {
  private static final Map<Class<?>, Map<String, Type>> FIELDS = new ConcurrentHashMap<>();
  private static final String MODELS = "io.fabric8.kubernetes.api.model.";

  private FieldCheck() {}

  /// Refuses unknown fields as `fieldValidation=Strict` does.
  static void strict(Kind kind, ObjectNode object) {
    var unknown = new ArrayList<String>();
    kind.model().ifPresent(model -> collect(model, object, "", unknown));
    if (!unknown.isEmpty()) {
      List<String> errors = unknown.stream().map(path -> "unknown field \"" + path + "\"").toList();
      throw Refusal.badRequest(
          kind.name()
              + " in version \""
              + kind.version()
              + "\" cannot be handled as a "
              + kind.name()
              + ": strict decoding error: "
              + String.join(", ", errors));
    }
  }

  private static void collect(Type type, JsonNode value, String path, List<String> unknown) {
    if (type instanceof ParameterizedType generic) {
      Type[] arguments = generic.getActualTypeArguments();
      Type element = arguments[arguments.length - 1];
      if (value.isArray()) {
        for (int i = 0; i < value.size(); i++) {
          collect(element, value.get(i), path + "[" + i + "]", unknown);
        }
      } else if (arguments.length == 2) {
        value
            .properties()
            .forEach(each -> collect(element, each.getValue(), join(path, each), unknown));
      }
    } else if (type instanceof Class<?> model && value.isObject() && isModel(model)) {
      Map<String, Type> fields = FIELDS.computeIfAbsent(model, FieldCheck::fields);
      for (var each : value.properties()) {
        Type field = fields.get(each.getKey());
        if (field == null) {
          unknown.add(join(path, each));
        } else {
          collect(field, each.getValue(), join(path, each), unknown);
        }
      }
    }
  }

  private static String join(String path, Map.Entry<String, JsonNode> field) {
    return path.isEmpty() ? field.getKey() : path + "." + field.getKey();
  }

  /// Whether a class is a model with fields of its own: free-form ones have no named properties.
  private static boolean isModel(Class<?> model) {
    return model.getName().startsWith(MODELS)
        && !model.isInterface()
        && !FIELDS.computeIfAbsent(model, FieldCheck::fields).isEmpty();
  }

  private static Map<String, Type> fields(Class<?> model) {
    var fields = new HashMap<String, Type>();
    for (Class<?> level = model; level != Object.class; level = level.getSuperclass()) {
      for (Field field : level.getDeclaredFields()) {
        JsonProperty property = field.getAnnotation(JsonProperty.class);
        if (property != null) {
          String name = property.value().isEmpty() ? field.getName() : property.value();
          fields.put(name, field.getGenericType());
        }
      }
    }
    return fields;
  }
}
