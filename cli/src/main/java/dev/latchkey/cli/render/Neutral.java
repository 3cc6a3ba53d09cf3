// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.render;

import java.util.regex.Pattern;

/// What is done with text that a pipeline's agent might obey.
///
/// An agent of Azure Pipelines takes `##vso[` at any place of a line for a command, on both
/// streams; text of pods, charts and Azure must not reach it so.
///
/// @see <a
///   href="https://learn.microsoft.com/azure/devops/pipelines/scripts/logging-commands">commands</a>
public enum Neutral {
  /// Nobody obeys it: it stays as it is.
  AS_IS,
  /// A pipeline reads it: what looks like a command is broken by a space.
  IN_PIPELINE;

  private static final Pattern COMMAND =
      Pattern.compile("#(?=#(?:vso|\\[))", Pattern.CASE_INSENSITIVE);

  /// The text, harmless.
  public String text(String text) {
    return switch (this) {
      case AS_IS -> text;
      case IN_PIPELINE -> COMMAND.matcher(text).replaceAll("# ");
    };
  }
}
