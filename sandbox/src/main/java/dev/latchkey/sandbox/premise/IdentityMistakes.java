// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.premise;

import dev.latchkey.sandbox.access.Directory;
import dev.latchkey.sandbox.access.Principal;
import dev.latchkey.sandbox.arm.Stored;
import dev.latchkey.sandbox.clock.Seed;
import dev.latchkey.sandbox.cluster.ClusterView;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Makes the mistakes with credentials and identities.
record IdentityMistakes(Backstage stage, Directory directory, Seed seed) {
  private static final String OTHER_AUDIENCE = "api://AzureADTokenExchangeUSGov";

  /// The way back; empty while no credential trusts the cluster.
  Optional<Undo> make(IdentityPremise premise, ClusterView cluster) {
    return switch (premise) {
      case ISSUER_WITHOUT_SLASH -> rewrite(cluster, IdentityMistakes::cutSlash);
      case WRONG_SUBJECT -> rewrite(cluster, IdentityMistakes::nameAnother);
      case WRONG_SUBJECT_CASE -> rewrite(cluster, IdentityMistakes::capitalise);
      case WRONG_AUDIENCE ->
          rewrite(cluster, properties -> properties.putArray("audiences").add(OTHER_AUDIENCE));
      case CREDENTIAL_OVERWRITTEN ->
          rewrite(cluster, properties -> properties.put("issuer", otherIssuer(cluster)));
      case IDENTITY_RECREATED -> recreate(cluster);
    };
  }

  private static void cutSlash(ObjectNode properties) {
    String issuer = properties.path("issuer").asString("");
    properties.put("issuer", issuer.replaceFirst("/$", ""));
  }

  private static void nameAnother(ObjectNode properties) {
    properties.put("subject", properties.path("subject").asString("") + "-other");
  }

  private static void capitalise(ObjectNode properties) {
    String subject = properties.path("subject").asString("");
    int name = subject.lastIndexOf(':') + 1;
    properties.put(
        "subject",
        subject.substring(0, name)
            + subject.substring(name, name + 1).toUpperCase(Locale.ROOT)
            + subject.substring(name + 1));
  }

  /// Of another cluster that has one; of one that is not here otherwise.
  private String otherIssuer(ClusterView cluster) {
    String own = cluster.issuer().orElseThrow();
    return stage.clusters().all().stream()
        .flatMap(other -> other.issuer().stream())
        .filter(issuer -> !issuer.equals(own))
        .findFirst()
        .orElseGet(
            () -> own.replaceFirst("[^/]+/$", seed.uuid("another cluster", cluster.id()) + "/"));
  }

  private Optional<Undo> rewrite(ClusterView cluster, Consumer<ObjectNode> change) {
    List<Stored> credentials = stage.credentials(cluster);
    if (credentials.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(Undo.all(credentials.stream().map(each -> rewrite(each, change)).toList()));
  }

  private Undo rewrite(Stored credential, Consumer<ObjectNode> change) {
    JsonNode before = credential.tree().path("properties");
    ObjectNode after = (ObjectNode) before.deepCopy();
    change.accept(after);
    stage.putCredential(credential.id(), after);
    return () -> {
      if (stage.store().find(credential.id()).isPresent()) {
        stage.putCredential(credential.id(), before);
      }
    };
  }

  private Optional<Undo> recreate(ClusterView cluster) {
    List<Stored> identities = stage.identities(cluster);
    if (identities.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(Undo.all(identities.stream().map(this::recreate).toList()));
  }

  private Undo recreate(Stored identity) {
    Optional<Principal> before = directory.byObjectId(Backstage.principal(identity));
    List<Stored> credentials = stage.store().below(identity.id()).stream().toList();
    stage.deleteIdentity(identity.id());
    stage.putIdentity(identity.id(), wish(identity));
    credentials.forEach(this::write);
    return () -> {
      stage.deleteIdentity(identity.id());
      stage.store().put(identity);
      before.ifPresent(directory::add);
      credentials.forEach(this::write);
    };
  }

  private void write(Stored credential) {
    stage.putCredential(credential.id(), credential.tree().path("properties"));
  }

  private static ObjectNode wish(Stored identity) {
    ObjectNode body = JsonMapper.shared().createObjectNode();
    body.set("location", identity.tree().path("location"));
    body.set("tags", identity.tree().path("tags"));
    return body;
  }
}
