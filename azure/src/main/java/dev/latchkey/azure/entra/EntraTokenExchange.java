// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.azure.entra;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.latchkey.azure.cloud.Cloud;
import dev.latchkey.azure.transport.Reply;
import dev.latchkey.azure.transport.Transport;
import dev.latchkey.core.port.AzureProblem;
import dev.latchkey.core.port.TokenExchange;
import dev.latchkey.core.problem.AzureAnswer;
import dev.latchkey.core.problem.ProblemException;
import dev.latchkey.core.resource.ClientId;
import dev.latchkey.core.resource.TenantId;
import dev.latchkey.core.resource.Token;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Entra's exchange of an assertion for a token, asked directly: libraries would answer from a
/// cache.
public final class EntraTokenExchange implements TokenExchange {
  /// Entra is busy or down: these say nothing about trust.
  private static final Set<String> PASSING =
      Set.of("AADSTS90055", "AADSTS90024", "AADSTS90006", "AADSTS90033", "AADSTS90012");

  private final Transport transport;
  private final Cloud cloud;

  /// The exchange of a cloud.
  public EntraTokenExchange(Transport transport, Cloud cloud) {
    this.transport = transport;
    this.cloud = cloud;
  }

  @Override
  public Exchange exchange(TenantId tenant, ClientId client, Token assertion) {
    URI uri = cloud.authority().resolve(tenant.value() + "/oauth2/v2.0/token");
    var request =
        HttpRequest.newBuilder(uri)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("Accept", "application/json")
            .POST(BodyPublishers.ofString(assertion.use(text -> form(client, text))))
            .build();
    try {
      return read(transport.send("Exchanging the service account's token", request));
    } catch (ProblemException failure) {
      if (failure.problem() instanceof AzureProblem.Unreachable unreachable) {
        return new Exchange.Unknown(unreachable.host() + ": " + unreachable.reason());
      }
      throw failure;
    }
  }

  private String form(ClientId client, String assertion) {
    return Map.of(
            "grant_type",
            "client_credentials",
            "client_id",
            client.value(),
            "scope",
            cloud.vaultScope(),
            "client_assertion_type",
            "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
            "client_assertion",
            assertion)
        .entrySet()
        .stream()
        .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), UTF_8))
        .collect(Collectors.joining("&"));
  }

  private static Exchange read(Reply reply) {
    if (reply.status() == 200) {
      String token = reply.json().path("access_token").asString("");
      if (token.isEmpty()) {
        throw reply.notUnderstood("there is no access token in it");
      }
      return new Exchange.Granted(new Token(token));
    }
    AzureAnswer answer = reply.refusal();
    boolean passing = reply.status() == 429 || reply.status() >= 500;
    return passing || PASSING.contains(answer.code())
        ? new Exchange.Unknown(answer.reference())
        : new Exchange.Refused(answer);
  }
}
