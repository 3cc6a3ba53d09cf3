// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.server;

import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import javax.crypto.KeyGenerator;

/// The token that admits to the sandbox's own interface. It is a key, not a hash of the seed: other
/// people on this machine may know the seed.
final class AdminToken {
  private AdminToken() {}

  static String fresh() {
    try {
      byte[] key = KeyGenerator.getInstance("HmacSHA256").generateKey().getEncoded();
      return HexFormat.of().formatHex(key);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has HMAC-SHA-256", e);
    }
  }
}
