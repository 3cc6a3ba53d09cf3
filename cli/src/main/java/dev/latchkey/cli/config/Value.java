// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.config;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What stands in a YAML file, each value with its spot.
sealed interface Value {
  Spot spot();

  /// What a person calls it.
  String words();

  /// The same as Java's own maps, lists, texts, numbers, booleans and nulls: what a chart is given.
  @Nullable Object data();

  /// A text, number, boolean or nothing.
  ///
  /// @param text as written, without quotes
  record Scalar(Spot spot, String text, Kind kind, Style style) implements Value {
    /// What YAML takes it for.
    enum Kind {
      TEXT("a text"),
      WHOLE("a number"),
      DECIMAL("a number"),
      BOOLEAN("true or false"),
      NOTHING("nothing"),
      /// Complained about already: nobody looks at its text.
      LOST("lost");

      private final String words;

      Kind(String words) {
        this.words = words;
      }
    }

    /// Whether it stands in quotes.
    enum Style {
      PLAIN,
      QUOTED
    }

    static Scalar text(Spot spot, String text) {
      return new Scalar(spot, text, Kind.TEXT, Style.QUOTED);
    }

    /// Stands for a text that was complained about, so that one mistake is told once.
    Scalar lost() {
      return new Scalar(spot, Names.LOST, Kind.LOST, style);
    }

    boolean isLost() {
      return kind == Kind.LOST;
    }

    @Override
    public String words() {
      return kind.words;
    }

    @Override
    public @Nullable Object data() {
      return switch (kind) {
        case TEXT -> text;
        case WHOLE -> whole(new BigInteger(text));
        case DECIMAL -> decimal();
        case BOOLEAN -> Boolean.valueOf(text);
        case NOTHING, LOST -> null;
      };
    }

    private static Object whole(BigInteger number) {
      return number.bitLength() < Long.SIZE ? (Object) number.longValue() : number;
    }

    private Object decimal() {
      // YAML writes the numbers that are none as .inf and .nan; charts cannot take them as numbers
      return text.contains(".inf") || text.contains(".nan") ? text : (Object) Double.valueOf(text);
    }
  }

  /// A list.
  record Sequence(Spot spot, List<Value> items) implements Value {
    public Sequence {
      items = List.copyOf(items);
    }

    @Override
    public String words() {
      return "a list";
    }

    @Override
    public Object data() {
      var data = new ArrayList<@Nullable Object>();
      items.forEach(item -> data.add(item.data()));
      return data;
    }
  }

  /// Keys and their values, in the order of the file.
  record Mapping(Spot spot, Map<String, Field> fields) implements Value {
    public Mapping {
      fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    @Override
    public String words() {
      return "keys with values";
    }

    Optional<Value> value(String key) {
      return Optional.ofNullable(fields.get(key)).map(Field::value);
    }

    /// The spot of a key, if it is there.
    Optional<Spot> key(String key) {
      return Optional.ofNullable(fields.get(key)).map(Field::key);
    }

    /// The same with one field added or replaced.
    Mapping with(String key, Field field) {
      var more = new LinkedHashMap<>(fields);
      more.put(key, field);
      return new Mapping(spot, more);
    }

    /// The same without some keys.
    Mapping without(List<String> keys) {
      var fewer = new LinkedHashMap<>(fields);
      fewer.keySet().removeAll(keys);
      return new Mapping(spot, fewer);
    }

    /// This with the other one laid over it, key by key; anything but keys is replaced whole.
    Mapping under(Mapping over) {
      var merged = new LinkedHashMap<>(fields);
      over.fields.forEach((key, field) -> merged.merge(key, field, Mapping::laid));
      return new Mapping(over.spot, merged);
    }

    private static Field laid(Field below, Field above) {
      return below.value() instanceof Mapping lower && above.value() instanceof Mapping upper
          ? new Field(above.key(), lower.under(upper))
          : above;
    }

    @Override
    public Map<String, @Nullable Object> data() {
      var data = new LinkedHashMap<String, @Nullable Object>();
      fields.forEach((key, field) -> data.put(key, field.value().data()));
      return data;
    }
  }

  /// A value and the spot of its key; the key's path is the one of the mapping that holds it.
  record Field(Spot key, Value value) {}
}
