// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.fault;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/// Reads fault rules from YAML: a list under the key `faults`.
///
/// ```yaml
/// faults:
///   - operation: PUT Microsoft.ManagedIdentity/userAssignedIdentities
///     nth: 1
///     answer: { status: 503, code: ServiceUnavailable, retryAfter: 2s }
///   - operation: GET /secrets/*
///     service: keyvault
///     probability: 0.2
///     reset: after
/// ```
public final class FaultFile {
  /// What came of reading.
  public sealed interface Reading {
    /// The rules, in the order of the file.
    record Rules(List<FaultRule> all) implements Reading {}

    /// All that is wrong, in the order of the file.
    record Wrong(List<Mistake> mistakes) implements Reading {}
  }

  /// One thing that is wrong.
  ///
  /// @param line from 1
  /// @param column from 1
  public record Mistake(int line, int column, String text) {
    @Override
    public String toString() {
      return line + ":" + column + ": " + text;
    }
  }

  private static final LoadSettings SETTINGS = LoadSettings.builder().build();

  private final List<Mistake> mistakes = new ArrayList<>();

  private FaultFile() {}

  /// Reads the text of a file.
  public static Reading read(String text) {
    var file = new FaultFile();
    List<FaultRule> rules = file.rules(text);
    return file.mistakes.isEmpty()
        ? new Reading.Rules(rules)
        : new Reading.Wrong(
            file.mistakes.stream()
                .sorted(Comparator.comparingInt(Mistake::line).thenComparingInt(Mistake::column))
                .toList());
  }

  private List<FaultRule> rules(String text) {
    try {
      Optional<Node> root = new Compose(SETTINGS).composeString(text);
      return root.map(this::rules).orElseGet(() -> empty("the file says nothing"));
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
      int column = e.getProblemMark().map(mark -> mark.getColumn() + 1).orElse(1);
      mistakes.add(new Mistake(line, column, "this is not YAML: " + e.getProblem()));
    } catch (YamlEngineException e) {
      return empty("this is not YAML");
    }
    return List.of();
  }

  private List<FaultRule> empty(String why) {
    mistakes.add(new Mistake(1, 1, why));
    return List.of();
  }

  private List<FaultRule> rules(Node root) {
    if (!(root instanceof MappingNode mapping)) {
      RuleKeys.complain(mistakes, root, "the key `faults` with a list is expected here");
      return List.of();
    }
    var keys = new RuleKeys(mapping, mistakes);
    keys.knowOnly(List.of("faults"));
    Optional<Node> faults = keys.node("faults");
    if (faults.isEmpty()) {
      RuleKeys.complain(mistakes, root, "the key `faults` is missing");
      return List.of();
    }
    if (!(faults.get() instanceof SequenceNode list)) {
      RuleKeys.complain(mistakes, faults.get(), "a list of rules is expected here");
      return List.of();
    }
    return list.getValue().stream().flatMap(rule -> rule(rule).stream()).toList();
  }

  private Optional<FaultRule> rule(Node node) {
    if (node instanceof MappingNode mapping) {
      return new RuleReader(new RuleKeys(mapping, mistakes)).rule();
    }
    RuleKeys.complain(mistakes, node, "a rule is expected here: operation, and what happens");
    return Optional.empty();
  }
}
