// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.node;

import dev.latchkey.sandbox.clock.Seed;

/// Where the webhook mounts the projected token: it moved between its releases.
public enum TokenPath {
  /// Up to v1.5.
  BEFORE_1_6("/var/run/secrets/azure/tokens", "azure-identity-token"),
  /// From v1.6 on.
  FROM_1_6("/var/run/secrets/azure/wi", "token/azure-identity-token");

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

  String volume(Seed seed, String pod) {
    return switch (this) {
      case BEFORE_1_6 -> "azure-identity-token";
      case FROM_1_6 ->
          "azure-workload-identity-reserved-" + seed.hex("workload-identity-volume", pod, 30);
    };
  }
}
