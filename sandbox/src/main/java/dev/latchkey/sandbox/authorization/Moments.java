// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.authorization;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/// Times as the authorization provider writes them: seven digits after the second.
final class Moments {
  private static final DateTimeFormatter FORM =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSSS'Z'").withZone(ZoneOffset.UTC);

  private Moments() {}

  static String text(Instant moment) {
    return FORM.format(moment);
  }
}
