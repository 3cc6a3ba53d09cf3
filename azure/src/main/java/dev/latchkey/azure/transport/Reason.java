// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.azure.transport;

import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Objects;
import javax.net.ssl.SSLException;

/// Why no answer came, in words.
final class Reason {
  private Reason() {}

  static String of(IOException failure) {
    return switch (failure) {
      case HttpTimeoutException _ -> "timed out";
      case UnknownHostException _ -> "the name is not known";
      case ConnectException connect ->
          connect.getCause() instanceof ConnectException inner
                  && inner.getCause() instanceof UnresolvedAddressException
              ? "the name is not known"
              : "connection refused";
      case SSLException tls -> "TLS: " + tls.getMessage();
      default ->
          Objects.requireNonNullElse(failure.getMessage(), failure.getClass().getSimpleName());
    };
  }
}
