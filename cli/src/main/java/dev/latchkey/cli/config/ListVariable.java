// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.config;

import dev.latchkey.cli.config.Value.Scalar;
import dev.latchkey.cli.config.Value.Sequence;
import java.util.ArrayList;
import java.util.Optional;

/// A list that one variable holds, as teams keep it in their variable group: entries parted by
/// commas or white space, or a JSON array.
final class ListVariable {
  private ListVariable() {}

  /// The entries; empty when the variable holds a broken JSON array.
  static Optional<Sequence> items(Scalar text, String variable, Complaints complaints) {
    if (!text.text().strip().startsWith("[")) {
      return Optional.of(split(text, variable));
    }
    return YamlReader.variable(text, complaints)
        .flatMap(
            value -> {
              if (value instanceof Sequence sequence) {
                return Optional.of(sequence);
              }
              throw new IllegalStateException("this is a bug in latchkey: [ begins a list");
            });
  }

  private static Sequence split(Scalar text, String variable) {
    var items = new ArrayList<Value>();
    for (String entry : text.text().split("[,\\s]+", -1)) {
      if (!entry.isEmpty()) {
        int index = items.size();
        var spot = text.spot().item(index, text.spot().place());
        items.add(Scalar.text(spot.from(new Source.Variable(variable, index + 1)), entry));
      }
    }
    return new Sequence(text.spot(), items);
  }
}
