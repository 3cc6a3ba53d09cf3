// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.azure.transport;

import dev.latchkey.azure.cloud.Cloud;
import dev.latchkey.azure.cloud.CloudProblem;
import dev.latchkey.core.problem.ProblemException;
import java.net.URI;
import java.net.http.HttpRequest;

/// Finds out which cloud is meant.
public final class CloudLookup {
  private CloudLookup() {}

  /// The cloud of a name, or the one that describes itself at ARM's address.
  ///
  /// @param value of `LATCHKEY_CLOUD`; empty means the public cloud
  /// @throws ProblemException when it is neither, or does not answer
  public static Cloud find(String value, Transport transport) {
    if (value.isBlank()) {
      return Cloud.PUBLIC;
    }
    return Cloud.named(value.strip()).orElseGet(() -> described(value.strip(), transport));
  }

  private static Cloud described(String value, Transport transport) {
    if (!value.matches("https://[^/?#\\s]+/?")) {
      throw new ProblemException(new CloudProblem.Unknown(value));
    }
    URI address = URI.create(value);
    HttpRequest request = HttpRequest.newBuilder(Cloud.description(address)).build();
    Reply reply = transport.send("Reading the endpoints of the cloud", request);
    if (reply.status() != 200) {
      throw new ProblemException(
          new CloudProblem.NotDescribed(address, "an answer (HTTP " + reply.status() + ")"));
    }
    return Cloud.described(address, reply.body());
  }
}
