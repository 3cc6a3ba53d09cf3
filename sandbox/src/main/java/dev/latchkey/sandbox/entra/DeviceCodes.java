// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.entra;

import dev.latchkey.sandbox.access.Principal;
import dev.latchkey.sandbox.clock.SandboxClock;
import dev.latchkey.sandbox.clock.Seed;
import dev.latchkey.sandbox.entra.Refusal.DeviceCodeExpired;
import dev.latchkey.sandbox.entra.Refusal.DeviceCodeUnknown;
import dev.latchkey.sandbox.entra.Refusal.Pending;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/// Sign-ins that wait for a user at another device.
///
/// The sandbox has no users of its own: a code stays pending until it expires, unless a premise
/// says that somebody has signed in.
public final class DeviceCodes {
  static final Duration LIFE = Duration.ofMinutes(15);

  private static final String LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
  private static final int CODE_LENGTH = 9;

  /// One sign-in.
  ///
  /// @param correlation the id that all answers about it carry
  /// @param granted who has signed in, and to which scopes the client was admitted
  record SignIn(
      String userCode,
      String deviceCode,
      String clientId,
      String scope,
      String correlation,
      Instant until,
      Optional<Granted> granted) {}

  /// @param life how long the tokens last
  record Granted(Principal user, String scopes, Duration life) {}

  private final SandboxClock clock;
  private final Seed seed;
  private final ConcurrentMap<String, SignIn> byDeviceCode = new ConcurrentHashMap<>();

  DeviceCodes(SandboxClock clock, Seed seed) {
    this.clock = clock;
    this.seed = seed;
  }

  SignIn begin(String clientId, String scope, String correlation) {
    String deviceCode = seed.hex("device code", clientId, 64);
    var signIn =
        new SignIn(
            userCode(clientId),
            deviceCode,
            clientId,
            scope,
            correlation,
            clock.now().plus(LIFE),
            Optional.empty());
    byDeviceCode.put(deviceCode, signIn);
    return signIn;
  }

  private String userCode(String clientId) {
    byte[] bytes = HexFormat.of().parseHex(seed.hex("user code", clientId, 2 * CODE_LENGTH));
    var code = new StringBuilder();
    for (byte one : bytes) {
      code.append(LETTERS.charAt((one & 0xff) % LETTERS.length()));
    }
    return code.toString();
  }

  /// The code by which the client of an unfinished sign-in asks how it is.
  public Optional<String> unfinished() {
    return byDeviceCode.keySet().stream().findFirst();
  }

  /// Lets a user sign in to every sign-in that waits.
  ///
  /// @param scopes what the client may do in the user's name
  /// @param life how long the tokens last: Azure draws between 60 and 90 minutes
  public void signIn(Principal user, String scopes, Duration life) {
    byDeviceCode.replaceAll(
        (_, waiting) ->
            new SignIn(
                waiting.userCode(),
                waiting.deviceCode(),
                waiting.clientId(),
                waiting.scope(),
                waiting.correlation(),
                waiting.until(),
                Optional.of(new Granted(user, scopes, life))));
  }

  Optional<SignIn> find(String deviceCode) {
    return Optional.ofNullable(byDeviceCode.get(deviceCode));
  }

  /// What was granted; a code is good for one token.
  Granted redeem(String deviceCode, String clientId) throws Refused {
    SignIn signIn =
        find(deviceCode)
            .filter(known -> known.clientId().equalsIgnoreCase(clientId))
            .orElseThrow(() -> new Refused(new DeviceCodeUnknown()));
    if (!clock.now().isBefore(signIn.until())) {
      throw new Refused(new DeviceCodeExpired());
    }
    Granted granted = signIn.granted().orElseThrow(() -> new Refused(new Pending()));
    byDeviceCode.remove(deviceCode);
    return granted;
  }
}
