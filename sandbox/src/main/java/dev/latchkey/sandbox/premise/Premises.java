// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.premise;

import dev.latchkey.sandbox.arm.Store;
import dev.latchkey.sandbox.arm.Stored;
import dev.latchkey.sandbox.cluster.ClusterView;
import dev.latchkey.sandbox.cluster.Clusters;
import dev.latchkey.sandbox.message.Answer;
import dev.latchkey.sandbox.message.Ask;
import dev.latchkey.sandbox.message.Service;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// ARM with the premises that are set: it stores what they make of a write, and answers with that.
public final class Premises implements Service {
  private static final String CREDENTIALS =
      "Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials";

  private final Service arm;
  private final Store store;
  private final Clusters clusters;
  private final UnaryOperator<Ask> asOperator;
  private final Set<String> withoutSlash = ConcurrentHashMap.newKeySet();

  /// Premises in front of an ARM.
  ///
  /// @param asOperator makes a request one of somebody who may do everything
  public Premises(Service arm, Store store, Clusters clusters, UnaryOperator<Ask> asOperator) {
    this.arm = arm;
    this.store = store;
    this.clusters = clusters;
    this.asOperator = asOperator;
  }

  /// Makes the situation true from now on.
  public void set(Premise premise) {
    switch (premise) {
      case Premise.IssuerWithoutSlash(String clusterName) -> {
        withoutSlash.add(clusterName);
        credentials().stream().filter(this::trustsBroken).forEach(this::writeAgain);
      }
    }
  }

  private List<Stored> credentials() {
    return store.below("", CREDENTIALS);
  }

  private boolean trustsBroken(Stored credential) {
    return isBroken(credential.tree().path("properties").path("issuer").asString(""));
  }

  private boolean isBroken(String issuer) {
    return clusters.all().stream()
        .filter(cluster -> withoutSlash.contains(cluster.name()))
        .map(ClusterView::issuer)
        .flatMap(Optional::stream)
        .anyMatch(issuer::equals);
  }

  /// Through ARM itself, so that whoever watches credentials sees the change.
  private void writeAgain(Stored credential) {
    ObjectNode body = JsonMapper.shared().createObjectNode();
    body.set("properties", credential.tree().path("properties").deepCopy());
    Ask write = Operator.put(credential.id(), "2023-01-31", body);
    Answer answer = answer(asOperator.apply(write));
    if (answer.status() >= 300) {
      throw new IllegalStateException("cannot change " + credential.id() + ": " + answer);
    }
  }

  @Override
  public Answer answer(Ask ask) {
    return arm.answer(withoutSlash.isEmpty() ? ask : changed(ask));
  }

  private Ask changed(Ask ask) {
    boolean write =
        ask.method().equals("PUT")
            && ask.path().toLowerCase(Locale.ROOT).contains("/federatedidentitycredentials/");
    return write ? issuer(ask).filter(this::isBroken).map(i -> cut(ask, i)).orElse(ask) : ask;
  }

  private static Optional<String> issuer(Ask ask) {
    try {
      JsonNode body = JsonMapper.shared().readTree(ask.body());
      return body.path("properties").path("issuer").asStringOpt();
    } catch (JacksonException e) {
      return Optional.empty(); // ARM itself says what is wrong with it
    }
  }

  private static Ask cut(Ask ask, String issuer) {
    ObjectNode body = (ObjectNode) JsonMapper.shared().readTree(ask.body());
    ((ObjectNode) body.path("properties")).put("issuer", issuer.substring(0, issuer.length() - 1));
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
