// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.resource;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/// The name that latchkey gives a federated credential; credentials have no tags, so it says whose
/// it is.
public final class CredentialName {
  private static final int READABLE = 107;

  private CredentialName() {}

  /// `lk-{cluster}-{namespace}-{serviceAccount}`, then twelve hex digits of a hash over the
  /// cluster's id and the account; never over the issuer, so that a cluster that was made anew
  /// updates its own credential. At most 120 characters, as Azure demands.
  public static String of(ResourceId cluster, ServiceAccount account) {
    String readable =
        ("lk-" + cluster.name() + "-" + account.namespace() + "-" + account.name())
            .replaceAll("[^A-Za-z0-9-]", "-");
    String cut = readable.substring(0, Math.min(READABLE, readable.length()));
    return cut + "-" + hash(cluster.key(), account.namespace(), account.name());
  }

  private static String hash(String... parts) {
    String text = String.join("\n", parts).toLowerCase(Locale.ROOT);
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest).substring(0, 12);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
