// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.access;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A role condition of version 2.0, read into a tree.
///
/// It knows what the roles and assignments of this field use: `ActionMatches`, comparisons of
/// `@Request` and `@Resource` attributes with texts and GUIDs, and the logic around them. A
/// condition with anything else cannot be read, and what cannot be read allows nothing.
sealed interface Condition {
  record Not(Condition inner) implements Condition {}

  record All(List<Condition> parts) implements Condition {}

  record Any(List<Condition> parts) implements Condition {}

  record ActionMatches(List<String> patterns) implements Condition {}

  /// An attribute compared with values; it holds if one of them fits.
  ///
  /// @param attribute its key among the attributes of a wish
  record Compare(String attribute, Operator operator, List<String> values) implements Condition {}

  /// How an attribute is compared with each of the values.
  enum Operator {
    STRING_EQUALS,
    STRING_NOT_EQUALS,
    STRING_EQUALS_IGNORE_CASE,
    STRING_NOT_EQUALS_IGNORE_CASE,
    STRING_LIKE,
    STRING_STARTS_WITH,
    GUID_EQUALS,
    GUID_NOT_EQUALS;

    boolean holds(String seen, List<String> wanted) {
      return switch (this) {
        case STRING_EQUALS -> wanted.contains(seen);
        case STRING_NOT_EQUALS -> !wanted.contains(seen);
        case STRING_EQUALS_IGNORE_CASE, GUID_EQUALS ->
            wanted.stream().anyMatch(seen::equalsIgnoreCase);
        case STRING_NOT_EQUALS_IGNORE_CASE, GUID_NOT_EQUALS ->
            wanted.stream().noneMatch(seen::equalsIgnoreCase);
        case STRING_LIKE -> wanted.stream().anyMatch(pattern -> like(pattern, seen));
        case STRING_STARTS_WITH -> wanted.stream().anyMatch(seen::startsWith);
      };
    }

    private static boolean like(String pattern, String text) {
      String expression = Pattern.quote(pattern).replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q");
      return Pattern.matches(expression, text);
    }

    static Optional<Operator> named(String word) {
      String bare = word.substring(word.indexOf(':') + 1);
      return List.of(values()).stream()
          .filter(operator -> operator.name().replace("_", "").equalsIgnoreCase(bare))
          .findFirst();
    }
  }

  /// Whether it lets the action pass.
  ///
  /// @param attributes of the resource under their bare names, of the request as `@Request[name]`;
  ///   a missing one equals nothing
  default boolean fulfilled(String action, Map<String, String> attributes) {
    return switch (this) {
      case Not(Condition inner) -> !inner.fulfilled(action, attributes);
      case All(var parts) -> parts.stream().allMatch(part -> part.fulfilled(action, attributes));
      case Any(var parts) -> parts.stream().anyMatch(part -> part.fulfilled(action, attributes));
      case ActionMatches(var patterns) ->
          patterns.stream().anyMatch(pattern -> Role.Pattern.matches(pattern, action));
      case Compare(var attribute, var operator, var values) ->
          attributes.entrySet().stream()
              .filter(entry -> entry.getKey().equalsIgnoreCase(attribute))
              .anyMatch(entry -> operator.holds(entry.getValue(), values));
    };
  }

  /// Reads a condition; empty when it holds something unknown.
  static Optional<Condition> read(String text) {
    return Reader.tokens(text).flatMap(tokens -> new Reader(tokens).whole());
  }

  /// Reads by recursive descent; each method takes what it knows and answers empty for the rest.
  final class Reader {
    private static final Pattern TOKEN =
        Pattern.compile(
            "\\s*(?:(?<text>'[^']*')|(?<attribute>@(?:Request|Resource)\\[[^\\]]+\\])"
                + "|(?<mark>&&|\\|\\||[(){}!,])|(?<word>[A-Za-z0-9:.*/_-]+))\\s*",
            Pattern.CASE_INSENSITIVE);

    private final List<String> tokens;
    private int place;

    private Reader(List<String> tokens) {
      this.tokens = tokens;
    }

    static Optional<List<String>> tokens(String text) {
      var found = new ArrayList<String>();
      Matcher matcher = TOKEN.matcher(text);
      int end = 0;
      while (end < text.length()) {
        if (!matcher.find(end) || matcher.start() != end) {
          return Optional.empty();
        }
        found.add(matcher.group().strip());
        end = matcher.end();
      }
      return Optional.of(found);
    }

    private Optional<Condition> whole() {
      return any().filter(_ -> place == tokens.size());
    }

    private Optional<Condition> any() {
      var parts = new ArrayList<Condition>();
      do {
        Optional<Condition> part = all();
        if (part.isEmpty()) {
          return Optional.empty();
        }
        parts.add(part.get());
      } while (take("OR") || take("||"));
      return Optional.of(parts.size() == 1 ? parts.getFirst() : new Any(List.copyOf(parts)));
    }

    private Optional<Condition> all() {
      var parts = new ArrayList<Condition>();
      do {
        Optional<Condition> part = one();
        if (part.isEmpty()) {
          return Optional.empty();
        }
        parts.add(part.get());
      } while (take("AND") || take("&&"));
      return Optional.of(parts.size() == 1 ? parts.getFirst() : new All(List.copyOf(parts)));
    }

    private Optional<Condition> one() {
      if (take("!") || take("NOT")) {
        return one().map(Not::new);
      }
      if (take("(")) {
        return any().filter(_ -> take(")"));
      }
      if (take("ActionMatches")) {
        return values().map(ActionMatches::new);
      }
      return comparison();
    }

    private Optional<Condition> comparison() {
      String attribute = next();
      if (!attribute.startsWith("@")) {
        return Optional.empty();
      }
      Optional<Operator> operator = Operator.named(next());
      return operator.flatMap(
          known -> values().map(values -> new Compare(key(attribute), known, values)));
    }

    /// `'a'`, or a set in braces whose values stand in quotes or, if GUIDs, bare.
    private Optional<List<String>> values() {
      if (!take("{")) {
        String single = next();
        return single.startsWith("'") ? Optional.of(List.of(bare(single))) : Optional.empty();
      }
      var values = new ArrayList<String>();
      do {
        values.add(bare(next()));
      } while (take(","));
      return take("}") ? Optional.of(List.copyOf(values)) : Optional.empty();
    }

    private boolean take(String wanted) {
      boolean there = place < tokens.size() && tokens.get(place).equalsIgnoreCase(wanted);
      place += there ? 1 : 0;
      return there;
    }

    private String next() {
      return place < tokens.size() ? tokens.get(place++) : "";
    }

    private static String bare(String token) {
      return token.startsWith("'") ? token.substring(1, token.length() - 1) : token;
    }

    private static String key(String attribute) {
      String name = attribute.substring(attribute.indexOf('[') + 1, attribute.length() - 1);
      boolean request = attribute.toLowerCase(Locale.ROOT).startsWith("@request");
      return request ? "@Request[" + name + "]" : name;
    }
  }
}
