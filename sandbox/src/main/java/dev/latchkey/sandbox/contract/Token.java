// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.contract;

import java.util.Locale;
import java.util.regex.Pattern;

/// A part of a text that is generated, so that two worlds differ in it: found by its form.
enum Token {
  /// A signed token.
  JWT("eyJ[\\w-]+\\.[\\w-]+\\.[\\w-]*"),
  /// Base64 of JSON: operation ids of ARM, skip tokens.
  OPAQUE("eyJ[\\w+/=-]{16,}"),
  /// What a user types to sign in at another device.
  USER_CODE("(?<=enter the code )[A-Z0-9]{9}(?= )"),
  /// The id of an operation on a vault: base64 of `UT|` and more.
  VAULT_TICKET("VVR8[\\w-]{40,}"),
  /// What clean-up wrote for a backup: base64 of `FAKE-`.
  FAKED("RkFLRS[\\w-]+"),
  /// A date with its time. Its fraction is no evidence: recorders cut it.
  MOMENT(
      "\\d{4}-\\d\\d-\\d\\d[T ]\\d\\d:\\d\\d:\\d\\d(?:\\.\\d+)?(?:Z|[+-]\\d\\d:\\d\\d)?"
          + "|\\d{1,2}/\\d{1,2}/\\d{4} \\d{1,2}:\\d\\d:\\d\\d [AP]M"),
  GUID("[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}"),
  /// What makes the host name of an API server unique.
  HOST_HASH("(?<=-)[0-9a-z]{8}(?=\\.(?:[0-9a-f-]{36}\\.)?(?:portal\\.)?(?:hcp|privatelink)\\.)"),
  /// Fingerprints, versions of secrets, undashed GUIDs.
  HEX("(?<![0-9A-Za-z])(?:[0-9a-f]{16,}|[0-9A-F]{16,})(?![0-9A-Za-z])"),
  /// Keys, certificates, kubeconfigs, backups.
  BASE64("[\\w+/-]{100,}={0,2}"),
  UNIX_SECONDS("(?<![\\w.-])1\\d{9}(?![\\w.-])"),
  /// What the recordings' clean-up left in the place of a value.
  REPLACED("\\[REDACTED\\]|FAKE-[A-Z0-9-]+|[\\w.]+@example\\.com");

  private static final Pattern MADE_UP = Pattern.compile("(?i)([0-9a-f])\\1{7}-.*");

  /// The ids that the sources of the recordings wrote in the place of others, and of other texts.
  private static final Pattern STOOD_IN = Pattern.compile("0{8}-(0{4}-){3}0{11}1|8{8}-.*");

  private final String form;

  Token(String form) {
    this.form = form;
  }

  String form() {
    return form;
  }

  /// Whether equal recorded values must answer to equal values of ours. Moments need not: clean-up
  /// gave many the same; nor values of clean-up itself, which one hand gave to several things.
  boolean isBound(String recorded) {
    return switch (this) {
      case JWT, OPAQUE, USER_CODE, VAULT_TICKET, FAKED, HOST_HASH, HEX, BASE64 -> true;
      case GUID -> !MADE_UP.matcher(recorded).matches();
      case MOMENT, UNIX_SECONDS, REPLACED -> false;
    };
  }

  /// Whether a recorded text was written in the place of any other one.
  static boolean standsForAnything(String recorded) {
    return STOOD_IN.matcher(recorded).matches();
  }

  /// The form of a value that may stand in the place of a recorded one.
  String formOf(String recorded) {
    return switch (this) {
      case JWT, OPAQUE, USER_CODE, VAULT_TICKET, HOST_HASH, BASE64, UNIX_SECONDS -> form;
      case FAKED -> "[\\w-]+";
      case GUID -> isUpper(recorded) ? form.replace("a-f", "") : form.replace("A-F", "");
      case HEX -> (isUpper(recorded) ? "[0-9A-F]" : "[0-9a-f]") + "{" + recorded.length() + "}";
      case MOMENT -> moment(recorded);
      case REPLACED -> ".*";
    };
  }

  private static boolean isUpper(String recorded) {
    return !recorded.equals(recorded.toLowerCase(Locale.ROOT));
  }

  private String moment(String recorded) {
    if (recorded.contains("/")) {
      return form.substring(form.indexOf('|') + 1);
    }
    String zone = recorded.replaceFirst("^[^:]+:\\d\\d:\\d\\d(\\.\\d+)?", "");
    return "\\d{4}-\\d\\d-\\d\\d"
        + recorded.charAt(10)
        + "\\d\\d:\\d\\d:\\d\\d(?:\\.\\d+)?"
        + Pattern.quote(zone);
  }
}
