// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.azure.keyvault;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.latchkey.azure.transport.Reply;
import dev.latchkey.azure.transport.Transport;
import dev.latchkey.core.port.AzureProblem;
import dev.latchkey.core.port.SecretProbe;
import dev.latchkey.core.problem.AzureAnswer;
import dev.latchkey.core.problem.ProblemException;
import dev.latchkey.core.resource.SecretName;
import dev.latchkey.core.resource.Token;
import dev.latchkey.core.resource.Vault;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscribers;
import java.util.Set;

/// Asks a vault for a secret and looks at the status alone.
///
/// The value of a secret is never held: the body of a success is thrown away as it arrives.
public final class HttpSecretProbe implements SecretProbe {
  private static final String VERSION = "7.6";

  /// The network in front of the vault says no before it looks at rights.
  private static final Set<String> OF_NETWORK =
      Set.of("ForbiddenByFirewall", "ForbiddenByConnection");

  private static final BodyHandler<String> ERRORS_ONLY =
      answer ->
          answer.statusCode() < 400
              ? BodySubscribers.replacing("")
              : BodySubscribers.ofString(UTF_8);

  private final Transport transport;

  /// A probe that passes this transport.
  public HttpSecretProbe(Transport transport) {
    this.transport = transport;
  }

  @Override
  public Answer probe(Vault vault, SecretName secret, Token token) {
    String base = vault.uri().endsWith("/") ? vault.uri() : vault.uri() + "/";
    URI uri = URI.create(base + "secrets/" + secret.value() + "?api-version=" + VERSION);
    var request = HttpRequest.newBuilder(uri).header("Accept", "application/json");
    token.use(text -> request.header("Authorization", "Bearer " + text));
    try {
      return read(
          transport.send(
              "Probing a secret of the vault `" + vault.id().name() + "`",
              request.build(),
              ERRORS_ONLY));
    } catch (ProblemException failure) {
      if (failure.problem() instanceof AzureProblem.Unreachable unreachable) {
        return new Answer.Unknown(unreachable.host() + ": " + unreachable.reason());
      }
      throw failure;
    }
  }

  private static Answer read(Reply reply) {
    if (reply.status() == 200) {
      return new Answer.Read();
    }
    AzureAnswer answer = reply.refusal();
    if (reply.status() == 429 || reply.status() >= 500 || OF_NETWORK.contains(answer.code())) {
      return new Answer.Unknown(answer.reference());
    }
    return reply.status() == 404 ? new Answer.Missing(answer) : new Answer.Refused(answer);
  }
}
