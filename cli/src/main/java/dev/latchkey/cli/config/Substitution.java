// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.config;

import dev.latchkey.cli.config.Value.Field;
import dev.latchkey.cli.config.Value.Mapping;
import dev.latchkey.cli.config.Value.Scalar;
import dev.latchkey.cli.config.Value.Scalar.Style;
import dev.latchkey.cli.config.Value.Sequence;
import java.util.LinkedHashMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Puts variables in the place of `${NAME}`; `$${` is the text `${` itself.
final class Substitution {
  private static final Pattern REFERENCE =
      Pattern.compile("\\$\\$\\{|\\$\\{([A-Za-z_][A-Za-z0-9_.-]*)}|\\$\\{");
  private static final Pattern MACRO = Pattern.compile("\\$\\(([A-Za-z_][A-Za-z0-9_. -]*)\\)");
  // Kubernetes itself fills $(NAME) in commands and variables of pods, so a chart may want it
  private static final Pattern CHART_VALUE = Pattern.compile("(chart|clusters\\[\\d+])\\.set\\..*");

  private final Variables variables;
  private final Complaints complaints;

  Substitution(Variables variables, Complaints complaints) {
    this.variables = variables;
    this.complaints = complaints;
  }

  Value fill(Value value) {
    return switch (value) {
      case Scalar scalar -> scalar(scalar);
      case Sequence(var spot, var items) ->
          new Sequence(spot, items.stream().map(this::fill).toList());
      case Mapping mapping -> mapping(mapping);
    };
  }

  private Mapping mapping(Mapping mapping) {
    var fields = new LinkedHashMap<String, Field>();
    mapping
        .fields()
        .forEach((key, field) -> fields.put(key, new Field(field.key(), fill(field.value()))));
    return new Mapping(mapping.spot(), fields);
  }

  private Scalar scalar(Scalar scalar) {
    var references = REFERENCE.matcher(scalar.text()).results().toList();
    if (references.isEmpty()) {
      return checked(scalar);
    }
    boolean complete = true;
    for (MatchResult reference : references) {
      complete &= complete(scalar.spot(), reference);
    }
    if (!complete) {
      return scalar.lost();
    }
    String text =
        REFERENCE
            .matcher(scalar.text())
            .replaceAll(reference -> Matcher.quoteReplacement(replacement(reference)));
    var spot =
        references.stream()
            .filter(reference -> reference.group(1) != null)
            .findFirst()
            .map(first -> scalar.spot().from(new Source.Variable(first.group(1), 0)))
            .orElse(scalar.spot());
    var kind = scalar.style() == Style.PLAIN ? YamlReader.kind(text) : scalar.kind();
    return checked(new Scalar(spot, text, kind, scalar.style()));
  }

  private boolean complete(Spot spot, MatchResult reference) {
    if (reference.group().equals("${")) {
      complaints.add(new ConfigProblem.ReferenceBroken(spot));
      return false;
    }
    String name = reference.group(1);
    if (name != null && variables.value(name).isEmpty()) {
      complaints.add(new ConfigProblem.VariableMissing(spot, name, variables.near(name)));
      return false;
    }
    return true;
  }

  private String replacement(MatchResult reference) {
    String name = reference.group(1);
    return name == null ? "${" : variables.value(name).orElseThrow();
  }

  private Scalar checked(Scalar scalar) {
    var macro = MACRO.matcher(scalar.text());
    boolean written = scalar.spot().source() instanceof Source.Written;
    if (!macro.find() || (written && CHART_VALUE.matcher(scalar.spot().path()).matches())) {
      return scalar;
    }
    complaints.add(new ConfigProblem.MacroLeft(scalar.spot(), macro.group(), macro.group(1)));
    return scalar.lost();
  }
}
