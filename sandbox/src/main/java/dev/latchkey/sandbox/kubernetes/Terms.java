// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.kubernetes;

import dev.latchkey.sandbox.message.Ask;

/// What a client says about a write beside what it writes.
///
/// @param manager what it calls itself, for `managedFields`
record Terms(Mode mode, Validation validation, String manager) {
  private static final int MANAGER_LENGTH_MAX = 128;

  /// Whether a write is kept.
  enum Mode {
    REAL,
    /// Everything is checked, nothing is kept.
    DRY_RUN
  }

  /// What becomes of fields that a type does not have.
  enum Validation {
    STRICT,
    WARN,
    IGNORE
  }

  static Terms of(Ask ask) {
    return new Terms(mode(ask), validation(ask), manager(ask));
  }

  private static Mode mode(Ask ask) {
    String said = ask.parameter("dryRun").orElse("");
    return switch (said) {
      case "" -> Mode.REAL;
      case "All" -> Mode.DRY_RUN;
      default -> throw unsupported(ask, "dryRun", said, "\"All\"");
    };
  }

  private static Validation validation(Ask ask) {
    String said = ask.parameter("fieldValidation").orElse("");
    return switch (said) {
      case "", "Warn" -> Validation.WARN;
      case "Strict" -> Validation.STRICT;
      case "Ignore" -> Validation.IGNORE;
      default ->
          throw unsupported(ask, "fieldValidation", said, "\"Ignore\", \"Strict\", \"Warn\"");
    };
  }

  /// What the client says, or how its `User-Agent` begins.
  private static String manager(Ask ask) {
    String said = ask.parameter("fieldManager").orElse("");
    if (said.length() > MANAGER_LENGTH_MAX) {
      throw Refusal.invalidOption(
          options(ask),
          "FieldValueTooLong",
          "fieldManager",
          "Too long: may not be more than " + MANAGER_LENGTH_MAX + " bytes");
    }
    String agent = ask.header("user-agent").orElse("unknown").split("/", 2)[0];
    String start = agent.substring(0, Math.min(agent.length(), MANAGER_LENGTH_MAX));
    return said.isEmpty() ? start : said;
  }

  private static Refusal unsupported(Ask ask, String option, String said, String supported) {
    return Refusal.invalidOption(
        options(ask),
        "FieldValueNotSupported",
        option,
        "Unsupported value: \"" + said + "\": supported values: " + supported);
  }

  private static String options(Ask ask) {
    return switch (ask.method()) {
      case "POST" -> "CreateOptions";
      case "PATCH" -> "PatchOptions";
      case "DELETE" -> "DeleteOptions";
      default -> "UpdateOptions";
    };
  }
}
