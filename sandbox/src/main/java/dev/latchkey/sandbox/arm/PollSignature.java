// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.arm;

import dev.latchkey.sandbox.clock.Seed;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;

/// The parameters with which ARM signs the addresses that clients poll, since November 2023: when
/// it signed (ticks of .NET), the certificate, the signature, and a hash. Their contents mean
/// nothing to clients, but their length does: such an address has about 2 KiB.
///
/// @param query `t=…&c=…&s=…&h=…`
public record PollSignature(String query) {
  private static final long TICKS_OF_THE_EPOCH = 621_355_968_000_000_000L;
  private static final int CERTIFICATE = 1300;
  private static final int SIGNATURE = 256;
  private static final int HASH = 32;

  /// The signature of an address that is given at a moment.
  public static PollSignature of(Seed seed, String address, Instant now) {
    long ticks = TICKS_OF_THE_EPOCH + now.toEpochMilli() * 10_000;
    return new PollSignature(
        "t=%d&c=%s&s=%s&h=%s"
            .formatted(
                ticks,
                text(seed, "poll certificate", address, CERTIFICATE),
                text(seed, "poll signature", address, SIGNATURE),
                text(seed, "poll hash", address, HASH)));
  }

  private static String text(Seed seed, String what, String address, int bytes) {
    String digits = seed.hex(what, address, 64);
    byte[] content = digits.repeat(bytes / digits.length() + 1).getBytes(StandardCharsets.US_ASCII);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(content).substring(0, bytes);
  }
}
