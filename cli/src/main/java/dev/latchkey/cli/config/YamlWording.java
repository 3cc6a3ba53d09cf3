// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.config;

import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/// Says in plain words what the YAML parser met. None of its own text is repeated, since it quotes
/// what it read.
final class YamlWording {
  private YamlWording() {}

  static String of(MarkedYamlEngineException e) {
    String problem = e.getProblem();
    if (problem.contains("TAB")) {
      return "a tab stands where YAML takes only spaces";
    }
    if (problem.contains("undefined alias")) {
      return "an alias (*) names an anchor (&) that does not stand above it";
    }
    if (problem.contains("expected ',' or ']'")) {
      return "a list that began with [ lacks its ] or a comma";
    }
    if (problem.contains("expected ',' or '}'")) {
      return "a group that began with { lacks its } or a comma; a text with { } needs quotes";
    }
    if (problem.contains("end of stream") && String.valueOf(e.getContext()).contains("scalar")) {
      return "a quote is not closed";
    }
    if (problem.contains("mapping values are not allowed")) {
      return "a colon stands inside a value; put the value in quotes";
    }
    if (problem.contains("could not find expected ':'")) {
      return "a key lacks its colon";
    }
    if (problem.contains("expected <block end>")) {
      return "this line is indented otherwise than the lines that it belongs to";
    }
    if (problem.contains("but found another document")) {
      return "a second document begins here; the file holds one";
    }
    return "the parser does not understand this place";
  }

  static String of(YamlEngineException e) {
    return String.valueOf(e.getMessage()).contains("code points")
        ? "the text is longer than 32 million characters"
        : "it holds characters that YAML does not take";
  }
}
