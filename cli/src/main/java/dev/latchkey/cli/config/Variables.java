// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.config;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The variables that the file may use: the environment, handed in as a map.
///
/// A name is looked up as written and then as a pipeline spells it in the environment, where
/// `Build.BuildId` becomes `BUILD_BUILDID`.
///
/// @see <a href="https://learn.microsoft.com/azure/devops/pipelines/process/variables">pipeline
///   variables</a>
public final class Variables {
  private final Map<String, String> environment;

  /// Takes the environment as it is.
  public Variables(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  /// The value of a variable, which may be an empty text.
  public Optional<String> value(String name) {
    return Optional.ofNullable(environment.get(name))
        .or(() -> Optional.ofNullable(environment.get(asInPipeline(name))));
  }

  /// The name of the variable that was probably meant; empty when none is close.
  List<String> near(String name) {
    return Nearest.to(name, environment.keySet());
  }

  private static String asInPipeline(String name) {
    return name.replace('.', '_').replace(' ', '_').toUpperCase(Locale.ROOT);
  }
}
