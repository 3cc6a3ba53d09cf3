// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.command;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/// What stands behind `kubectl get`.
///
/// @param output empty for columns
/// @param unknown flags that this kubectl has not
record Options(
    List<String> words,
    String namespace,
    Place place,
    String output,
    Headers headers,
    String selector,
    List<String> unknown) {

  /// Where to look.
  enum Place {
    NAMESPACE,
    EVERYWHERE
  }

  /// Whether columns have names.
  enum Headers {
    SHOWN,
    LEFT_OUT
  }

  Options {
    words = List.copyOf(words);
    unknown = List.copyOf(unknown);
  }

  boolean everywhere() {
    return place == Place.EVERYWHERE;
  }

  static Options of(List<String> line) {
    var words = new ArrayList<String>();
    var unknown = new ArrayList<String>();
    String namespace = "default";
    String output = "";
    String selector = "";
    Place place = Place.NAMESPACE;
    Headers headers = Headers.SHOWN;
    Iterator<String> rest = parted(line).iterator();
    while (rest.hasNext()) {
      String word = rest.next();
      switch (word) {
        case "-A", "--all-namespaces" -> place = Place.EVERYWHERE;
        case "-n", "--namespace" -> namespace = next(rest);
        case "-o", "--output" -> output = next(rest);
        case "-l", "--selector" -> selector = next(rest);
        case "--no-headers" -> headers = Headers.LEFT_OUT;
        default -> (word.startsWith("-") ? unknown : words).add(word);
      }
    }
    return new Options(words, namespace, place, output, headers, selector, unknown);
  }

  private static String next(Iterator<String> rest) {
    return rest.hasNext() ? rest.next() : "";
  }

  /// `--namespace=x` and `-nx` as two words.
  private static List<String> parted(List<String> line) {
    var parts = new ArrayList<String>();
    for (String word : line) {
      if (word.startsWith("--") && word.contains("=")) {
        parts.addAll(List.of(word.split("=", 2)));
      } else if (word.matches("-[nol].+")) {
        parts.add(word.substring(0, 2));
        parts.add(word.substring(2).replaceFirst("^=", ""));
      } else {
        parts.add(word);
      }
    }
    return parts;
  }
}
