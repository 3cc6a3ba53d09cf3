// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.azure.arm;

import dev.latchkey.azure.cloud.Cloud;
import dev.latchkey.azure.credential.Tokens;
import dev.latchkey.azure.transport.Reply;
import dev.latchkey.azure.transport.Transport;
import dev.latchkey.core.port.AzureProblem;
import dev.latchkey.core.problem.ProblemException;
import dev.latchkey.core.resource.Token;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;

/// ARM's ways that all kinds of resources share: tokens, absence, pages.
public final class Arm {
  /// A list that says it goes on for longer than this is a mistake of the service.
  private static final int PAGES = 1_000;

  private static final String EXPIRED = "ExpiredAuthenticationToken";

  private final Transport transport;
  private final URI address;
  private final Supplier<Token> token;
  private final UnaryOperator<Token> insteadOf;

  /// ARM of a cloud, as the caller of these tokens.
  public Arm(Transport transport, Cloud cloud, Tokens tokens) {
    this(transport, cloud.resourceManager(), tokens::forArm, tokens::forArmInsteadOf);
  }

  Arm(Transport transport, URI address, Supplier<Token> token) {
    this(transport, address, token, UnaryOperator.identity());
  }

  /// @param insteadOf another token for one that ARM refused; the same one when there is none
  Arm(Transport transport, URI address, Supplier<Token> token, UnaryOperator<Token> insteadOf) {
    this.transport = transport;
    this.address = address;
    this.token = token;
    this.insteadOf = insteadOf;
  }

  /// The resource as it is; empty when it, its parent or its group is not there.
  Optional<Reply> find(String what, String path, String version) {
    Reply reply = send(what, "GET", uri(path, version), "", Map.of());
    return reply.status() == 404 ? Optional.empty() : Optional.of(reply.expectSuccess());
  }

  /// All items of all pages; none when the parent is not there.
  ///
  /// @param reader keeps of an item what is needed: the list of a subscription can be long
  <T> List<T> list(String what, String path, String version, Function<JsonNode, T> reader) {
    List<T> items = new ArrayList<>();
    Optional<URI> next = Optional.of(uri(path, version));
    for (int page = 0; next.isPresent() && page < PAGES; page++) {
      Reply reply = send(what, "GET", next.get(), "", Map.of());
      if (reply.status() == 404 && page == 0) {
        return List.of();
      }
      next = reply.expectSuccess().page(item -> items.add(reader.apply(item))).map(URI::create);
    }
    return items;
  }

  /// Writes; the answer may be a refusal.
  Reply put(String what, String path, String version, JsonNode body, Map<String, String> headers) {
    return send(what, "PUT", uri(path, version), body.toString(), headers);
  }

  /// An action without a body.
  Reply post(String what, String path, String version) {
    return send(what, "POST", uri(path, version), "", Map.of()).expectSuccess();
  }

  /// Follows an address that ARM gave, byte for byte.
  Reply follow(String what, String uri) {
    return send(what, "GET", URI.create(uri), "", Map.of());
  }

  private Reply send(
      String what, String method, URI uri, String body, Map<String, String> headers) {
    if (!sameOrigin(uri)) { // the token goes to ARM and to nobody else
      throw new ProblemException(
          new AzureProblem.NotUnderstood(what, "ARM points at another host: " + uri.getHost()));
    }
    var request =
        HttpRequest.newBuilder(uri)
            .header("Accept", "application/json")
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (!body.isEmpty()) {
      request.header("Content-Type", "application/json");
    }
    headers.forEach(request::header);
    Token mine = token.get();
    Reply reply = send(what, request, mine);
    if (!isExpired(reply)) {
      return reply;
    }
    Token other = insteadOf.apply(mine);
    return other == mine ? reply : send(what, request, other);
  }

  private Reply send(String what, HttpRequest.Builder request, Token pass) {
    pass.use(text -> request.setHeader("Authorization", "Bearer " + text));
    return transport.send(what, request.build());
  }

  /// Whether ARM did nothing since the token, which looks good here, is over there.
  private static boolean isExpired(Reply reply) {
    return reply.status() == 401 && reply.refusal().code().equals(EXPIRED);
  }

  private boolean sameOrigin(URI uri) {
    return "https".equalsIgnoreCase(uri.getScheme())
        && address.getHost().equalsIgnoreCase(uri.getHost())
        && port(address) == port(uri);
  }

  private static int port(URI uri) {
    return uri.getPort() == -1 ? 443 : uri.getPort();
  }

  private URI uri(String path, String version) {
    return URI.create(address + path + "?api-version=" + version);
  }
}
