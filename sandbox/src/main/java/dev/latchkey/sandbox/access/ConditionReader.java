// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.access;

import dev.latchkey.sandbox.access.Condition.Operand;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads conditions by recursive descent; each method takes what it knows and answers empty for the
/// rest.
final class ConditionReader {
  private static final Pattern TOKEN =
      Pattern.compile(
          "\\s*(?:(?<text>'[^']*')"
              + "|(?<attribute>@(?:Request|Resource|Principal|Environment)\\[[^\\]]+\\])"
              + "|(?<mark>&&|\\|\\||[(){}!,])|(?<word>[A-Za-z0-9:.*/_-]+))\\s*",
          Pattern.CASE_INSENSITIVE);

  /// Azure takes 8 KB of condition text.
  private static final int LONGEST = 8192;

  /// Deeper nesting is nobody's condition, and must not exhaust the stack.
  private static final int DEEPEST = 100;

  private final List<String> tokens;
  private int place;
  private int depth;

  private ConditionReader(List<String> tokens) {
    this.tokens = tokens;
  }

  static Optional<Condition> read(String text) {
    return text.length() > LONGEST
        ? Optional.empty()
        : tokens(text).flatMap(tokens -> new ConditionReader(tokens).whole());
  }

  private static Optional<List<String>> tokens(String text) {
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
    return joined(this::all, List.of("OR", "||"), Condition.Any::new);
  }

  private Optional<Condition> all() {
    return joined(this::one, List.of("AND", "&&"), Condition.All::new);
  }

  private Optional<Condition> joined(
      Supplier<Optional<Condition>> part,
      List<String> words,
      Function<List<Condition>, Condition> whole) {
    var parts = new ArrayList<Condition>();
    do {
      Optional<Condition> next = part.get();
      if (next.isEmpty()) {
        return Optional.empty();
      }
      parts.add(next.get());
    } while (words.stream().anyMatch(this::take));
    return Optional.of(parts.size() == 1 ? parts.getFirst() : whole.apply(List.copyOf(parts)));
  }

  private Optional<Condition> one() {
    depth++;
    Optional<Condition> read = depth > DEEPEST ? Optional.empty() : inner();
    depth--;
    return read;
  }

  private Optional<Condition> inner() {
    if (take("!") || take("NOT")) {
      return one().map(Condition.Not::new);
    }
    if (take("(")) {
      return any().filter(_ -> take(")"));
    }
    return positive();
  }

  private Optional<Condition> positive() {
    if (take("ActionMatches")) {
      return set().map(Condition.ActionMatches::new);
    }
    if (take("SubOperationMatches")) {
      return set().map(Condition.SubOperationMatches::new);
    }
    if (take("Exists")) {
      return attribute().map(Condition.Exists::new);
    }
    return comparison();
  }

  private Optional<Condition> comparison() {
    Optional<Operand> left = operand();
    String[] words = next().split(":", 2);
    boolean quantified = words.length == 2;
    Optional<Quantifier> quantifier =
        quantified ? Quantifier.named(words[0]) : Optional.of(Quantifier.FOR_ANY_OF_ANY_VALUES);
    Optional<Comparison> comparison = Comparison.named(words[words.length - 1]);
    if (left.isEmpty() || quantifier.isEmpty() || comparison.isEmpty()) {
      return Optional.empty();
    }
    var how = new Condition.How(quantifier.get(), comparison.get());
    // values in braces stand for several, which only a quantifier can compare
    return (quantified ? manyOrOne() : operand())
        .map(right -> new Condition.Compare(left.get(), right, how));
  }

  private Optional<Operand> manyOrOne() {
    return peek("{") ? set().map(Operand.Values::new) : operand();
  }

  private Optional<Operand> operand() {
    return peek("@") ? attribute().map(Operand.class::cast) : value().map(ConditionReader::single);
  }

  private static Operand single(String value) {
    return new Operand.Values(List.of(value));
  }

  private Optional<Operand.Attribute> attribute() {
    String token = next();
    return token.startsWith("@")
        ? Optional.of(new Operand.Attribute(key(token)))
        : Optional.empty();
  }

  /// A text in quotes; GUIDs, numbers and truth values stand bare.
  private Optional<String> value() {
    String token = next();
    boolean text = token.startsWith("'");
    boolean word = !token.isEmpty() && Character.isLetterOrDigit(token.charAt(0));
    return text
        ? Optional.of(token.substring(1, token.length() - 1))
        : Optional.of(token).filter(_ -> word || token.startsWith("-"));
  }

  private Optional<List<String>> set() {
    if (!take("{")) {
      return Optional.empty();
    }
    var values = new ArrayList<String>();
    do {
      Optional<String> value = value();
      if (value.isEmpty()) {
        return Optional.empty();
      }
      values.add(value.get());
    } while (take(","));
    return take("}") ? Optional.of(List.copyOf(values)) : Optional.empty();
  }

  private boolean peek(String start) {
    return place < tokens.size() && tokens.get(place).startsWith(start);
  }

  private boolean take(String wanted) {
    boolean there = place < tokens.size() && tokens.get(place).equalsIgnoreCase(wanted);
    place += there ? 1 : 0;
    return there;
  }

  private String next() {
    return place < tokens.size() ? tokens.get(place++) : "";
  }

  private static String key(String attribute) {
    int bracket = attribute.indexOf('[');
    String source = attribute.substring(1, bracket).toLowerCase(Locale.ROOT);
    String name = attribute.substring(bracket + 1, attribute.length() - 1);
    return source.equals("resource") ? name : "@" + source + "[" + name + "]";
  }
}
