// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.schema;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.fabric8.kubernetes.api.model.FieldsV1;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.MicroTime;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaPropsOrArray;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaPropsOrBool;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaPropsOrStringArray;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.time.ZonedDateTime;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/// Reads types from the client library's model classes, and what is noted of them beside.
final class Structures {
  private static final String MODELS = "io.fabric8.kubernetes.api.model.";

  private static final Map<Class<?>, Value> PLAIN =
      Map.ofEntries(
          Map.entry(String.class, new Value.Scalar("string", "")),
          Map.entry(Boolean.class, new Value.Scalar("boolean", "")),
          Map.entry(Integer.class, new Value.Scalar("integer", "int32")),
          Map.entry(Long.class, new Value.Scalar("integer", "int64")),
          Map.entry(Double.class, new Value.Scalar("number", "double")),
          Map.entry(Quantity.class, new Value.Special(Value.Form.QUANTITY)),
          Map.entry(IntOrString.class, new Value.Special(Value.Form.INT_OR_STRING)),
          Map.entry(MicroTime.class, new Value.Special(Value.Form.MICRO_TIME)),
          Map.entry(ZonedDateTime.class, new Value.Special(Value.Form.MICRO_TIME)),
          Map.entry(FieldsV1.class, new Value.Special(Value.Form.FIELDS)),
          Map.entry(JSONSchemaPropsOrBool.class, new Value.Special(Value.Form.SCHEMA_OR_BOOL)),
          Map.entry(JSONSchemaPropsOrArray.class, new Value.Special(Value.Form.SCHEMA_OR_ARRAY)),
          Map.entry(
              JSONSchemaPropsOrStringArray.class, new Value.Special(Value.Form.SCHEMA_OR_TEXTS)));

  private static final Map<Class<?>, Structure> KNOWN = new ConcurrentHashMap<>();

  private Structures() {}

  static Structure of(Class<?> model) {
    // two threads may both read a type that is new: they read the same
    Structure known = KNOWN.get(model);
    return known != null ? known : KNOWN.merge(model, read(model), (first, _) -> first);
  }

  private static Structure read(Class<?> model) {
    String name = shortName(model);
    Notes notes = Notes.of(name);
    var fields = new TreeMap<String, Structure.Field>();
    for (Class<?> level = model; level != Object.class; level = level.getSuperclass()) {
      for (var each : level.getDeclaredFields()) {
        JsonProperty property = each.getAnnotation(JsonProperty.class);
        if (property != null) {
          String field = property.value().isEmpty() ? each.getName() : property.value();
          if (!notes.unknown().contains(field)) {
            fields.put(field, field(field, each.getGenericType(), notes.field(field)));
          }
        }
      }
    }
    return new Structure(openApiName(name), Collections.unmodifiableMap(fields), notes.whole());
  }

  private static Structure.Field field(String name, Type type, Notes.Note note) {
    return new Structure.Field(
        name, value(type, note), note.presence(), note.standard(), note.merge());
  }

  private static Value value(Type type, Notes.Note note) {
    if (type instanceof ParameterizedType generic) {
      Type[] arguments = generic.getActualTypeArguments();
      // what is noted of the format of a dictionary is said of its elements
      Value element = value(arguments[arguments.length - 1], note);
      return arguments.length == 1
          ? new Value.Listing(element, ownership(note))
          : new Value.Dictionary(element, whole(note, Value.Whole.UNSAID));
    }
    if (!note.format().isEmpty()) {
      return formatted(note.format());
    }
    Class<?> model = (Class<?>) type;
    Value plain = PLAIN.get(model);
    if (plain != null) {
      return plain;
    }
    boolean named = model.getName().startsWith(MODELS) && !model.isInterface();
    return named ? reference(model, note) : new Value.Special(free(model));
  }

  private static Value reference(Class<?> model, Notes.Note note) {
    return new Value.Reference(model, whole(note, Notes.of(shortName(model)).whole()));
  }

  private static Value.Form free(Class<?> model) {
    return model.getSimpleName().equals("JsonNode") ? Value.Form.JSON : Value.Form.RAW;
  }

  private static Value formatted(String format) {
    return switch (format) {
      case "time" -> new Value.Special(Value.Form.TIME);
      case "microtime" -> new Value.Special(Value.Form.MICRO_TIME);
      default -> new Value.Scalar("string", format);
    };
  }

  private static Value.Whole whole(Notes.Note note, Value.Whole unsaid) {
    return switch (note.form()) {
      case "atomic" -> Value.Whole.ATOMIC;
      case "granular" -> Value.Whole.GRANULAR;
      default -> unsaid;
    };
  }

  private static Value.Ownership ownership(Notes.Note note) {
    return switch (note.form()) {
      case "set" -> new Value.Ownership.ByValue();
      case "map" -> new Value.Ownership.ByKeys(note.keys());
      default -> new Value.Ownership.Atomic();
    };
  }

  /// Such as `apps.v1.DeploymentSpec`: the library's packages leave out the version where there was
  /// but one when they were named, and hold what all types share beside the core group.
  private static String shortName(Class<?> model) {
    String rest = model.getName().substring(MODELS.length());
    int end = rest.lastIndexOf('.');
    String name = rest.substring(end + 1);
    if (end < 0) {
      return (Notes.names("meta.v1." + name) ? "meta.v1." : "core.v1.") + name;
    }
    String group = rest.substring(0, end);
    return (group.contains(".") ? group : group + ".v1") + "." + name;
  }

  private static String openApiName(String name) {
    if (name.startsWith("meta.")) {
      return "io.k8s.apimachinery.pkg.apis." + name;
    }
    return (name.startsWith("apiextensions.")
            ? "io.k8s.apiextensions-apiserver.pkg.apis."
            : "io.k8s.api.")
        + name;
  }
}
