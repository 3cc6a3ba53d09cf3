// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.kubernetes.access;

import java.nio.ByteBuffer;
import java.security.PublicKey;

/// Puts a private key into the one envelope that Java reads, PKCS#8.
final class Der {
  private static final byte SEQUENCE = 0x30;
  private static final byte OCTETS = 0x04;
  private static final byte[] VERSION_0 = {0x02, 0x01, 0x00};

  private Der() {}

  /// The envelope around a bare key (PKCS#1 or SEC 1). It names the algorithm, and the curve, just
  /// as the public key does.
  static byte[] pkcs8(PublicKey publicKey, byte[] bareKey) {
    byte[] content = concat(concat(VERSION_0, algorithm(publicKey)), item(OCTETS, bareKey));
    return item(SEQUENCE, content);
  }

  /// The first member of a public key's encoding.
  private static byte[] algorithm(PublicKey publicKey) {
    ByteBuffer encoded = ByteBuffer.wrap(publicKey.getEncoded());
    enter(encoded);
    int start = encoded.position();
    int length = enter(encoded);
    byte[] algorithm = new byte[encoded.position() - start + length];
    encoded.get(start, algorithm);
    return algorithm;
  }

  /// Passes tag and length; returns the length.
  private static int enter(ByteBuffer der) {
    der.get();
    int first = der.get() & 0xff;
    if (first < 0x80) {
      return first;
    }
    int length = 0;
    for (int i = 0; i < (first & 0x7f); i++) {
      length = (length << 8) | (der.get() & 0xff);
    }
    return length;
  }

  private static byte[] item(byte tag, byte[] content) {
    int length = content.length; // a key is far below 64 KiB
    byte[] head =
        length < 0x80
            ? new byte[] {tag, (byte) length}
            : new byte[] {tag, (byte) 0x82, (byte) (length >> 8), (byte) length};
    return concat(head, content);
  }

  private static byte[] concat(byte[] first, byte[] second) {
    return ByteBuffer.allocate(first.length + second.length).put(first).put(second).array();
  }
}
