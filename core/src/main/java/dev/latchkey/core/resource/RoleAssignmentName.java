// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.resource;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;
import java.util.UUID;

/// The name that latchkey gives a role assignment: a GUID made from scope, role and principal.
///
/// The principal is part of it, since Azure refuses to change the principal of an existing name,
/// and an identity that was made anew has a new one.
public final class RoleAssignmentName {
  private RoleAssignmentName() {}

  /// The name-based GUID (version 5, RFC 9562) of the three, compared without case.
  public static String of(ResourceId scope, String roleGuid, PrincipalId principal) {
    String text = "latchkey\n" + scope.key() + "\n" + roleGuid + "\n" + principal.value();
    ByteBuffer hash = ByteBuffer.wrap(sha1(text.toLowerCase(Locale.ROOT)));
    long high = (hash.getLong() & 0xffffffffffff0fffL) | 0x5000L;
    long low = (hash.getLong() & 0x3fffffffffffffffL) | 0x8000000000000000L;
    return new UUID(high, low).toString();
  }

  private static byte[] sha1(String text) {
    try {
      return MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-1", e);
    }
  }
}
