// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.config;

import dev.latchkey.cli.config.Value.Mapping;
import dev.latchkey.cli.config.Value.Scalar;
import dev.latchkey.cli.config.Value.Scalar.Kind;
import dev.latchkey.cli.config.Value.Sequence;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads the keys of one mapping as what they should be, and complains about all others.
final class Section {
  private static final List<String> BOOLEANS = List.of("true", "false");

  private final Mapping mapping;
  private final Complaints complaints;

  Section(Mapping mapping, Complaints complaints) {
    this.mapping = mapping;
    this.complaints = complaints;
  }

  /// The section that a value is; one without keys when it is something else.
  static Section of(Value value, List<String> keys, Complaints complaints) {
    var section = new Section(mapping(value, complaints), complaints);
    section.knowOnly(keys);
    return section;
  }

  /// The keys that a value has; none when it is something else.
  static Mapping mapping(Value value, Complaints complaints) {
    if (value instanceof Mapping mapping) {
      return mapping;
    }
    complain(value, "keys with values", complaints);
    return new Mapping(value.spot(), Map.of());
  }

  private void knowOnly(List<String> keys) {
    mapping
        .fields()
        .forEach(
            (key, field) -> {
              if (!keys.contains(key)) {
                var near = Nearest.to(key, keys);
                complaints.add(new ConfigProblem.KeyUnknown(field.key(), key, near));
              }
            });
  }

  Spot spot() {
    return mapping.spot();
  }

  Mapping mapping() {
    return mapping;
  }

  Optional<Value> value(String key) {
    return mapping.value(key);
  }

  /// The section under a key, if it is there.
  Optional<Section> section(String key, List<String> keys) {
    return value(key).map(value -> of(value, keys, complaints));
  }

  /// The value of a key that must be there.
  Optional<Value> required(String key) {
    if (mapping.value(key).isEmpty()) {
      complaints.add(new ConfigProblem.KeyMissing(spot(), key));
    }
    return mapping.value(key);
  }

  /// A text that is not empty, if the key is there.
  Optional<Scalar> text(String key) {
    return value(key).map(value -> text(value, complaints));
  }

  /// A text that is not empty; the lost one when the value is something else.
  static Scalar text(Value value, Complaints complaints) {
    if (!(value instanceof Scalar scalar)) {
      complain(value, "a text", complaints);
      return Scalar.text(value.spot(), "").lost();
    }
    if (scalar.isLost()) {
      return scalar;
    }
    boolean fromVariable = scalar.spot().source() instanceof Source.Variable;
    if (scalar.text().isEmpty() && (fromVariable || scalar.kind() == Kind.TEXT)) {
      complaints.add(new ConfigProblem.TextEmpty(scalar.spot()));
      return scalar.lost();
    }
    // what a variable holds is a text, even if YAML would take it for a number
    if (scalar.kind() != Kind.TEXT && !fromVariable) {
      complain(value, "a text", complaints);
      return scalar.lost();
    }
    return scalar;
  }

  /// A name that must be there.
  String name(String key, NameRule rule) {
    return required(key)
        .map(value -> Names.checked(text(value, complaints), rule, complaints))
        .orElse(Names.LOST);
  }

  /// A name, if the key is there.
  Optional<String> optionalName(String key, NameRule rule) {
    return text(key).map(text -> Names.checked(text, rule, complaints));
  }

  /// One of a few words, if the key is there and holds one.
  Optional<String> word(String key, List<String> allowed) {
    return text(key).filter(text -> isOneOf(text, allowed)).map(Scalar::text);
  }

  private boolean isOneOf(Scalar text, List<String> allowed) {
    if (text.isLost() || allowed.contains(text.text())) {
      return !text.isLost();
    }
    var near = allowed.size() > 1 ? Nearest.to(text.text(), allowed) : List.<String>of();
    complaints.add(new ConfigProblem.ValueUnknown(text.spot(), text.text(), allowed, near));
    return false;
  }

  /// Whether a key is there and says true.
  Optional<Boolean> truth(String key) {
    return value(key).flatMap(this::truth);
  }

  private Optional<Boolean> truth(Value value) {
    if (value instanceof Scalar scalar) {
      boolean fromVariable = scalar.spot().source() instanceof Source.Variable;
      if (scalar.kind() == Kind.BOOLEAN || (fromVariable && BOOLEANS.contains(scalar.text()))) {
        return Optional.of(Boolean.valueOf(scalar.text()));
      }
    }
    complain(value, "true or false", complaints);
    return Optional.empty();
  }

  /// The items of a list, if the key is there: written in the file, or held by one variable.
  Optional<List<Value>> list(String key) {
    return value(key).map(this::items);
  }

  private List<Value> items(Value value) {
    return switch (value) {
      case Sequence sequence -> filled(sequence);
      case Scalar scalar when scalar.isLost() -> List.of();
      case Scalar scalar when scalar.spot().source() instanceof Source.Variable(var name, _) ->
          ListVariable.items(scalar, name, complaints).map(this::filled).orElseGet(List::of);
      case Scalar _, Mapping _ -> {
        complain(value, "a list", complaints);
        yield List.of();
      }
    };
  }

  private List<Value> filled(Sequence sequence) {
    if (sequence.items().isEmpty()) {
      complaints.add(new ConfigProblem.ListEmpty(sequence.spot()));
    }
    return sequence.items();
  }

  private static void complain(Value value, String expected, Complaints complaints) {
    if (!(value instanceof Scalar scalar && scalar.isLost())) {
      complaints.add(new ConfigProblem.WrongType(value.spot(), expected, value.words()));
    }
  }
}
