// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.premise;

import dev.latchkey.sandbox.arm.Stored;
import dev.latchkey.sandbox.clock.Seed;
import dev.latchkey.sandbox.cluster.ClusterView;
import dev.latchkey.sandbox.secret.Secrets;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/// Makes the mistakes between an identity and its secrets.
record AccessMistakes(Backstage stage, Secrets secrets, Seed seed) {
  private static final Pattern VAULT =
      Pattern.compile(
          "(?i)(.*/providers/Microsoft\\.KeyVault/vaults/([^/]+))(?:/secrets/([^/]+))?");

  /// A secret that an identity may read.
  private record Open(String vault, String name) {}

  /// The way back; empty while no identity of the cluster has a role at a vault.
  Optional<Undo> make(AccessPremise premise, ClusterView cluster) {
    return switch (premise) {
      case MISSING_ROLE -> all(atVaults(cluster), stage::take);
      case ROLE_AT_VAULT_SCOPE -> all(atSecrets(cluster), this::widen);
      case VAULT_IN_POLICY_MODE -> vaults(cluster, AccessMistakes::goByPolicies);
      case VAULT_FIREWALL -> vaults(cluster, AccessMistakes::close);
      case SECRET_DISABLED -> all(first(cluster), this::disable);
      case SECRET_DELETED -> all(first(cluster), this::delete);
    };
  }

  private interface Making<T> {
    Undo make(T thing);
  }

  private static <T> Optional<Undo> all(List<T> things, Making<T> making) {
    return things.isEmpty()
        ? Optional.empty()
        : Optional.of(Undo.all(things.stream().map(making::make).toList()));
  }

  private List<Stored> atVaults(ClusterView cluster) {
    return stage.assignments(cluster).stream()
        .filter(each -> VAULT.matcher(scope(each)).matches())
        .toList();
  }

  private List<Stored> atSecrets(ClusterView cluster) {
    return atVaults(cluster).stream()
        .filter(each -> !vaultOf(each).equalsIgnoreCase(scope(each)))
        .toList();
  }

  private static String scope(Stored assignment) {
    return assignment.tree().path("properties").path("scope").asString("");
  }

  private static Matcher place(Stored assignment) {
    Matcher place = VAULT.matcher(scope(assignment));
    if (!place.matches()) {
      throw new IllegalStateException("not at a vault: " + assignment.id());
    }
    return place;
  }

  private static String vaultOf(Stored assignment) {
    return place(assignment).group(1);
  }

  private Undo widen(Stored assignment) {
    String wide =
        "%s/providers/Microsoft.Authorization/roleAssignments/%s"
            .formatted(vaultOf(assignment), seed.uuid("wide role", assignment.id()));
    boolean first =
        stage.store().below(vaultOf(assignment)).stream()
            .filter(each -> Backstage.principal(each).equals(Backstage.principal(assignment)))
            .noneMatch(each -> scope(each).equalsIgnoreCase(vaultOf(assignment)));
    if (first) {
      stage.putAssignment(wide, Backstage.wish(assignment));
    }
    Undo narrow = stage.take(assignment);
    return () -> {
      narrow.undo();
      stage.deleteAssignment(wide);
    };
  }

  /// Those at which an identity of the cluster has a role.
  private Optional<Undo> vaults(ClusterView cluster, Consumer<ObjectNode> change) {
    List<String> ids = atVaults(cluster).stream().map(AccessMistakes::vaultOf).distinct().toList();
    return all(ids, id -> changed(id, change));
  }

  private Undo changed(String vault, Consumer<ObjectNode> change) {
    Optional<Stored> before = stage.store().find(vault);
    stage.edit(vault, tree -> change.accept(tree.withObject("properties")));
    return () -> before.ifPresent(old -> stage.edit(vault, tree -> restore(tree, old.tree())));
  }

  private static void restore(ObjectNode tree, ObjectNode old) {
    Backstage.restore(
        tree.withObject("properties"),
        old.path("properties"),
        List.of("enableRbacAuthorization", "accessPolicies", "networkAcls"));
  }

  private static void goByPolicies(ObjectNode properties) {
    properties.put("enableRbacAuthorization", false).putArray("accessPolicies");
  }

  private static void close(ObjectNode properties) {
    ObjectNode rules = properties.putObject("networkAcls");
    rules.put("bypass", "None").put("defaultAction", "Deny");
    rules.putArray("ipRules");
    rules.putArray("virtualNetworkRules");
  }

  /// One secret that the cluster's identities may read, by name the first.
  private List<Open> first(ClusterView cluster) {
    return atVaults(cluster).stream()
        .flatMap(this::open)
        .filter(
            each ->
                secrets.known(each.vault()).stream().anyMatch(s -> s.name().equals(each.name())))
        .sorted(Comparator.comparing(Open::name))
        .limit(1)
        .toList();
  }

  private Stream<Open> open(Stored assignment) {
    Matcher place = place(assignment);
    String vault = place.group(2);
    return place.group(3) == null
        ? secrets.known(vault).stream().map(each -> new Open(vault, each.name()))
        : Stream.of(new Open(vault, place.group(3)));
  }

  private Undo disable(Open secret) {
    secrets.disable(secret.vault(), secret.name());
    return () -> secrets.enable(secret.vault(), secret.name());
  }

  private Undo delete(Open secret) {
    secrets.delete(secret.vault(), secret.name());
    return () -> secrets.recover(secret.vault(), secret.name());
  }
}
