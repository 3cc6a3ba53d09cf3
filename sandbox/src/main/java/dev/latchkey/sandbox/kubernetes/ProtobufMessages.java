// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.kubernetes;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// The numbers, names and types of the fields of Kubernetes' protobuf messages.
final class ProtobufMessages {
  /// One field of a message.
  ///
  /// @param name in JSON; empty: the fields of its value stand among those of the message
  /// @param type a scalar, or a message's name; `[]` before it: a list, `map.`: values by a text
  /// @param keepsZero whether a zero says more than its absence
  record Field(String name, String type, boolean keepsZero) {
    boolean isList() {
      return type.startsWith(LIST);
    }

    boolean isMap() {
      return type.startsWith(MAP);
    }

    String elementType() {
      return type.substring(isList() ? LIST.length() : isMap() ? MAP.length() : 0);
    }
  }

  private static final String FILE = "protobuf-messages.txt";
  private static final String LIST = "[]";
  private static final String MAP = "map.";
  private static final Map<String, Map<Integer, Field>> MESSAGES = read();

  private ProtobufMessages() {}

  /// The name of the message of a kind, if there is one.
  static Optional<String> of(String apiVersion, String kind) {
    int slash = apiVersion.indexOf('/');
    String group = slash < 0 ? "core" : apiVersion.substring(0, slash).replaceFirst("\\..*", "");
    // what is sent with a DELETE has the group of the object, but one form for all
    String home =
        kind.equals("DeleteOptions") ? "meta.v1" : group + "." + apiVersion.substring(slash + 1);
    return Optional.of(home + "." + kind).filter(MESSAGES::containsKey);
  }

  /// The fields of a message by their numbers.
  static Map<Integer, Field> fields(String message) {
    return Objects.requireNonNull(MESSAGES.get(message), message);
  }

  private static Map<String, Map<Integer, Field>> read() {
    try (var lines =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(ProtobufMessages.class.getResourceAsStream(FILE)),
                StandardCharsets.UTF_8))) {
      var messages = new HashMap<String, Map<Integer, Field>>();
      lines
          .lines()
          .filter(line -> !line.startsWith("#"))
          .forEach(
              line -> {
                String[] words = line.split(" ", -1);
                var fields = new HashMap<Integer, Field>();
                for (int i = 1; i < words.length; i++) {
                  add(fields, words[i]);
                }
                messages.put(words[0], Map.copyOf(fields));
              });
      return Map.copyOf(messages);
    } catch (IOException e) {
      throw new UncheckedIOException("the sandbox's own " + FILE + " cannot be read", e);
    }
  }

  /// @param text `name=number:type`
  private static void add(Map<Integer, Field> fields, String text) {
    int equals = text.indexOf('=');
    int colon = text.indexOf(':');
    String name = text.substring(0, equals);
    String type = text.substring(colon + 1);
    boolean keepsZero = type.startsWith("*");
    fields.put(
        Integer.valueOf(text.substring(equals + 1, colon)),
        new Field(name.equals(".") ? "" : name, keepsZero ? type.substring(1) : type, keepsZero));
  }
}
