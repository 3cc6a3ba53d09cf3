// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.azure.entra;

import dev.latchkey.azure.transport.Reply;
import dev.latchkey.azure.transport.Transport;
import dev.latchkey.core.port.AzureProblem;
import dev.latchkey.core.port.Issuers;
import dev.latchkey.core.problem.ProblemException;
import dev.latchkey.core.resource.Issuer;
import java.net.URI;
import java.net.http.HttpRequest;

/// The public discovery documents of clusters' issuers.
public final class HttpIssuers implements Issuers {
  private final Transport transport;

  /// Issuers as they are seen from here.
  public HttpIssuers(Transport transport) {
    this.transport = transport;
  }

  @Override
  public Publication look(Issuer issuer) {
    String base = issuer.value().endsWith("/") ? issuer.value() : issuer.value() + "/";
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(base + ".well-known/openid-configuration"))
            .header("Accept", "application/json")
            .build();
    try {
      return read(issuer, transport.send("Reading the cluster's issuer", request));
    } catch (ProblemException failure) {
      return switch (failure.problem()) {
        case AzureProblem.Unreachable _ -> Publication.UNREACHABLE;
        case AzureProblem.NotUnderstood _ -> Publication.NOT_PUBLISHED;
        default -> throw failure;
      };
    }
  }

  /// The document must name the very issuer: Entra compares character by character.
  private static Publication read(Issuer issuer, Reply reply) {
    return reply.status() == 200 && reply.json().path("issuer").asString("").equals(issuer.value())
        ? Publication.PUBLISHED
        : Publication.NOT_PUBLISHED;
  }
}
