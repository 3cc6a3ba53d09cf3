// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.contract;

import dev.latchkey.sandbox.access.Principal;
import dev.latchkey.sandbox.message.Ask;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Requests to AKS as their clients must have sent them.
record ClusterRequests(Scene scene) {
  private static final Pattern CLIENT = Pattern.compile("clientID: ([0-9a-f-]{36}) not found");

  /// Who signs in with a secret is known to the directory by the time that a cluster is made.
  void principal(Step step) {
    JsonNode profile = step.sent().at("/properties/servicePrincipalProfile");
    if (profile.path("secret").isString()) {
      String client = client().orElseGet(() -> profile.path("clientId").asString(""));
      scene
          .cloud()
          .directory()
          .add(
              new Principal(
                  client, client, scene.tenantId(), "recorded", Optional.empty(), Instant.EPOCH));
    }
  }

  /// The client that a refusal names, where clean-up has replaced it in the requests.
  private Optional<String> client() {
    return scene.recording().exchanges().stream()
        .map(one -> CLIENT.matcher(one.message()))
        .filter(Matcher::find)
        .map(found -> found.group(1))
        .findFirst();
  }

  /// A quotation leaves out the body of a PUT; clean-up replaced a client in it.
  Ask sent(Step step, Ask ask) {
    boolean put =
        step.exchange().concerns(ClusterPremises.CLUSTER) && step.exchange().method().equals("PUT");
    if (!put || step.exchange().concerns(ClusterPremises.POOL)) {
      return ask;
    }
    if (step.exchange().sent().isMissingNode()) {
      return body(ask, quoted(step));
    }
    JsonNode client = step.sent().at("/properties/servicePrincipalProfile/clientId");
    return client().isPresent() && client.isString()
        ? body(ask, withClient((ObjectNode) step.sent(), client().get()))
        : ask;
  }

  private static ObjectNode withClient(ObjectNode sent, String client) {
    ((ObjectNode) sent.at("/properties/servicePrincipalProfile")).put("clientId", client);
    return sent;
  }

  private ObjectNode quoted(Step step) {
    String location = ClusterBodies.location(scene.recording());
    ObjectNode body = ClusterBodies.request(location, "nodepool1");
    boolean off = step.exchange().code().equals("OIDCIssuerFeatureCannotBeDisabled");
    ((ObjectNode) body.path("properties")).putObject("oidcIssuerProfile").put("enabled", !off);
    return body;
  }

  private static Ask body(Ask ask, ObjectNode body) {
    return new Ask(
        ask.origin(),
        ask.method(),
        ask.path(),
        ask.query(),
        ask.headers(),
        body.toString().getBytes(StandardCharsets.UTF_8),
        ask.clientCertificate());
  }
}
