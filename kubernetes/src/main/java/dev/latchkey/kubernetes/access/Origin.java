// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.kubernetes.access;

import java.net.URI;
import java.util.Locale;

/// Host and port: what trust and client certificates are bound to.
record Origin(String host, int port) {
  Origin {
    host = host.toLowerCase(Locale.ROOT);
  }

  static Origin of(URI uri) {
    String host = uri.getHost();
    boolean bracketed = host.startsWith("["); // IPv6; a TLS engine knows it without brackets
    return new Origin(
        bracketed ? host.substring(1, host.length() - 1) : host,
        uri.getPort() == -1 ? 443 : uri.getPort());
  }
}
