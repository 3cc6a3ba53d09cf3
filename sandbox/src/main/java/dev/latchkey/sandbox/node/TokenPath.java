// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.node;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// Where the webhook mounts the projected token: it moved between its releases.
public enum TokenPath {
  /// Up to v1.5.
  BEFORE_1_6("/var/run/secrets/azure/tokens", "azure-identity-token"),
  /// From v1.6 on.
  FROM_1_6("/var/run/secrets/azure/wi", "token/azure-identity-token");

  /// What a volume's name of 63 characters leaves.
  private static final int HASH_LENGTH = 30;

  private final String mount;
  private final String file;

  TokenPath(String mount, String file) {
    this.mount = mount;
    this.file = file;
  }

  String mount() {
    return mount;
  }

  String file() {
    return file;
  }

  /// The name of the volume.
  ///
  /// @param pod the pod's name as the webhook sees it
  String volume(String pod) {
    return switch (this) {
      case BEFORE_1_6 -> "azure-identity-token";
      case FROM_1_6 -> "azure-workload-identity-reserved-" + sha256(pod).substring(0, HASH_LENGTH);
    };
  }

  private static String sha256(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
