// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.schema;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What the model classes do not say about a type: the lines of `types.txt`.
record Notes(Map<String, Note> fields, Set<String> unknown, Value.Whole whole) {
  private static final Pattern FIELD =
      Pattern.compile(
          "(?<name>[^!{@=~]+)(?<required>!)?(?<there>\\{\\})?(@(?<format>\\w+))?"
              + "(=\"(?<standard>[^\"]*)\")?(=(?<form>\\w+)(\\((?<keys>[^)]*)\\))?)?"
              + "(~(?<strategy>[\\w+]+)(:(?<key>\\w+))?)?");

  private static final Notes NONE = new Notes(Map.of(), Set.of(), Value.Whole.UNSAID);
  private static final Map<String, Notes> ALL = read();

  /// What stands behind one field.
  ///
  /// @param format `time`, `microtime`, `byte` or empty
  /// @param form `set`, `map`, `atomic`, `granular` or empty
  record Note(
      Structure.Presence presence,
      String format,
      String standard,
      String form,
      List<String> keys,
      Structure.Merge merge) {
    static final Note NONE =
        new Note(Structure.Presence.OPTIONAL, "", "", "", List.of(), Structure.Merge.NONE);
  }

  /// What is noted of a type by its short name, such as `apps.v1.DeploymentSpec`.
  static Notes of(String type) {
    return ALL.getOrDefault(type, NONE);
  }

  /// Whether anything is noted of a type, be it nothing but its name.
  static boolean names(String type) {
    return ALL.containsKey(type);
  }

  Note field(String name) {
    return fields.getOrDefault(name, Note.NONE);
  }

  private static Map<String, Notes> read() {
    var notes = new HashMap<String, Notes>();
    try (var lines =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(Notes.class.getResourceAsStream("types.txt")),
                StandardCharsets.UTF_8))) {
      lines
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> List.of(line.split(" ", -1)))
          .forEach(words -> notes.put(words.getFirst(), notes(words.subList(1, words.size()))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Map.copyOf(notes);
  }

  private static Notes notes(List<String> words) {
    var fields = new HashMap<String, Note>();
    var unknown = new HashSet<String>();
    for (String word : words) {
      if (word.startsWith("-")) {
        unknown.add(word.substring(1));
      } else if (!word.startsWith("*")) {
        note(word, fields);
      }
    }
    boolean atomic = words.contains("*=atomic");
    return new Notes(fields, unknown, atomic ? Value.Whole.ATOMIC : Value.Whole.UNSAID);
  }

  private static void note(String word, Map<String, Note> fields) {
    Matcher found = FIELD.matcher(word);
    if (!found.matches()) {
      throw new IllegalStateException("this is a bug in latchkey: types.txt says " + word);
    }
    String keys = group(found, "keys");
    fields.put(
        group(found, "name"),
        new Note(
            presence(found.group("required") != null, found.group("there") != null),
            group(found, "format"),
            group(found, "standard"),
            group(found, "form"),
            keys.isEmpty() ? List.of() : Arrays.asList(keys.split(",", -1)),
            new Structure.Merge(group(found, "strategy").replace('+', ','), group(found, "key"))));
  }

  private static Structure.Presence presence(boolean required, boolean there) {
    if (required) {
      return there ? Structure.Presence.REQUIRED_AND_THERE : Structure.Presence.REQUIRED;
    }
    return there ? Structure.Presence.THERE : Structure.Presence.OPTIONAL;
  }

  private static String group(Matcher found, String name) {
    return Objects.requireNonNullElse(found.group(name), "");
  }
}
