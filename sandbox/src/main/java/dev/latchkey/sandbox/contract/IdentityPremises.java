// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.contract;

import dev.latchkey.sandbox.access.Principal;
import dev.latchkey.sandbox.arm.Stored;
import dev.latchkey.sandbox.identity.CredentialWrites;
import dev.latchkey.sandbox.message.Ask;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Managed identities, which have a principal in the directory, and their federated credentials.
final class IdentityPremises implements Inference {
  private static final String IDENTITY = "Microsoft.ManagedIdentity/userAssignedIdentities";
  private static final String CREDENTIAL = IDENTITY + "/federatedIdentityCredentials";

  private final Scene scene;
  private Optional<CredentialWrites.Permit> other = Optional.empty();

  IdentityPremises(Scene scene) {
    this.scene = scene;
  }

  @Override
  public void before(Step step) {
    Exchange exchange = step.exchange();
    if (!exchange.concerns(IDENTITY)) {
      return;
    }
    if (exchange.succeeded()) {
      principals(exchange.body());
      exchange.body().path("value").forEach(this::principals);
    }
    switch (exchange.code()) {
      case "ConcurrentFederatedIdentityCredentialsWritesForSingleManagedIdentity" ->
          other = scene.cloud().azure().credentialWrites().begin(identity(step));
      default -> {
        // nothing else shows in the code
      }
    }
    if (exchange.message().startsWith("Issuer and subject combination already exists")) {
      sameTrust(step);
    }
  }

  /// The identity's principal, unless our own world made it.
  private void principals(JsonNode body) {
    String principal = body.path("properties").path("principalId").asString("");
    boolean there = scene.store().find(body.path("id").asString("")).isPresent();
    if (principal.isEmpty() || there) {
      return;
    }
    scene
        .cloud()
        .directory()
        .add(
            new Principal(
                principal,
                body.path("properties").path("clientId").asString(""),
                scene.tenantId(),
                body.path("name").asString(""),
                Optional.of(body.path("id").asString("")),
                Instant.EPOCH));
  }

  private static String identity(Step step) {
    return step.path().replaceFirst("(?i)/federatedIdentityCredentials.*", "");
  }

  /// Another credential of this identity has the issuer and subject that are sent.
  private void sameTrust(Step step) {
    String id = identity(step) + "/federatedIdentityCredentials/another";
    ObjectNode tree = Scene.unknown(id, CREDENTIAL);
    tree.set("properties", body(step).path("properties"));
    scene.store().put(Stored.of(id, CREDENTIAL, tree));
  }

  @Override
  public Ask sent(Step step, Ask ask) {
    boolean leftOut =
        step.exchange().concerns(CREDENTIAL)
            && ask.method().equals("PUT")
            && ask.body().length == 0;
    return leftOut ? with(ask, body(step).toString()) : ask;
  }

  private static Ask with(Ask ask, String body) {
    return new Ask(
        ask.origin(),
        ask.method(),
        ask.path(),
        ask.query(),
        ask.headers(),
        body.getBytes(StandardCharsets.UTF_8),
        ask.clientCertificate());
  }

  /// What was sent, or a plausible credential where a quotation has left it out.
  private static JsonNode body(Step step) {
    if (!step.sent().isMissingNode()) {
      return step.sent();
    }
    ObjectNode tree = JsonMapper.shared().createObjectNode();
    ObjectNode properties = tree.putObject("properties");
    properties.put("issuer", "https://issuer/").put("subject", "system:serviceaccount:ns:name");
    properties.putArray("audiences").add("api://AzureADTokenExchange");
    return tree;
  }

  @Override
  public void after(Step step) {
    other.ifPresent(CredentialWrites.Permit::close);
    other = Optional.empty();
  }
}
