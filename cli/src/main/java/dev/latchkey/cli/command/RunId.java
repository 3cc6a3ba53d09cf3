// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.command;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;

/// The id of a run: in the user agent of its requests, and the folder of its record.
///
/// @param value such as `20261125-140211-9f3c2ab1`
record RunId(String value) {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

  static RunId at(Instant now) {
    byte[] random = new byte[4];
    new SecureRandom().nextBytes(random);
    return new RunId(TIME.format(now) + "-" + HexFormat.of().formatHex(random));
  }

  /// A name that no secret has.
  String probe() {
    return "latchkey-probe-" + value;
  }
}
