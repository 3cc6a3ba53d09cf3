// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.rehearsal;

import dev.latchkey.cli.command.Surroundings;
import dev.latchkey.sandbox.fault.FaultFile;
import dev.latchkey.sandbox.fault.FaultFile.Mistake;
import dev.latchkey.sandbox.fault.FaultFile.Reading;
import dev.latchkey.sandbox.fault.FaultRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// A file of fault rules.
///
/// @param yaml as it is written
record FaultText(String yaml, List<FaultRule> rules) {
  /// Reads one; empty when it cannot be understood, which is then told with each place.
  static Optional<FaultText> read(Surroundings around, Path file) {
    String yaml;
    try {
      yaml = Files.readString(around.folder().resolve(file));
    } catch (IOException e) {
      around.err().println("%s: cannot be read".formatted(file));
      return Optional.empty();
    }
    return switch (FaultFile.read(yaml)) {
      case Reading.Rules(List<FaultRule> rules) -> Optional.of(new FaultText(yaml, rules));
      case Reading.Wrong(List<Mistake> mistakes) -> {
        mistakes.forEach(each -> around.err().println(file + ":" + each));
        yield Optional.empty();
      }
    };
  }
}
