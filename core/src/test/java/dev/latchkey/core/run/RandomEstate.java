// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.run;

import dev.latchkey.core.fleet.Fleet;
import dev.latchkey.core.fleet.IdentityWish;
import dev.latchkey.core.fleet.Management;
import dev.latchkey.core.fleet.Target;
import dev.latchkey.core.fleet.VaultAccess;
import dev.latchkey.core.fleet.VaultAccess.Means;
import dev.latchkey.core.fleet.VaultAccess.Secret;
import dev.latchkey.core.resource.FederatedCredential;
import dev.latchkey.core.resource.Issuer;
import dev.latchkey.core.resource.LiveDrift;
import dev.latchkey.core.resource.LiveDrift.Edited;
import dev.latchkey.core.resource.LiveDrift.FieldDrift;
import dev.latchkey.core.resource.LiveDrift.Gone;
import dev.latchkey.core.resource.LiveDrift.ObjectDrift;
import dev.latchkey.core.resource.LiveDrift.Upgrade;
import dev.latchkey.core.resource.ManagedIdentity;
import dev.latchkey.core.resource.ObservedCluster.Feature;
import dev.latchkey.core.resource.ResourceId;
import dev.latchkey.core.resource.RoleAssignment;
import dev.latchkey.core.resource.SecretName;
import dev.latchkey.core.resource.Tags;
import dev.latchkey.core.step.Samples;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/// A fleet of some clusters with some secrets each, and the world that it lives in; one random
/// number generator decides all of it.
final class RandomEstate {
  private static final List<String> SECRETS =
      List.of("db-password", "payment-api-key", "smtp", "a-token", "z-token");

  private final Random random;
  private final World world;
  private final Fleet fleet;
  private final Set<String> planted = new TreeSet<>();

  RandomEstate(Random random) {
    this.random = random;
    var names = new ArrayList<String>();
    for (int i = 1; i <= 1 + random.nextInt(4); i++) {
      names.add("aks-weu-" + i);
    }
    this.world = new World(names.toArray(String[]::new));
    this.fleet = new Fleet("orders", names.stream().map(this::target).toList());
  }

  World world() {
    return world;
  }

  Fleet fleet() {
    return fleet;
  }

  private Target target(String name) {
    List<String> secrets = new ArrayList<>(SECRETS);
    Collections.shuffle(secrets, random);
    return with(
        Samples.target(name, Management.ALL, Means.ROLES),
        UnaryOperator.identity(),
        secrets.subList(0, 1 + random.nextInt(SECRETS.size())).stream()
            .map(secret -> new Secret(new SecretName(secret), secret.toUpperCase(Locale.ROOT)))
            .toList());
  }

  private static Target with(Target plain, UnaryOperator<String> spelling, List<Secret> secrets) {
    IdentityWish identity = plain.identity();
    return new Target(
        plain.name(),
        new ResourceId(spelling.apply(plain.cluster().text())),
        plain.application(),
        plain.presence(),
        plain.environment(),
        plain.serviceAccount(),
        plain.namespace(),
        new IdentityWish(
            spelling.apply(identity.subscription()),
            spelling.apply(identity.resourceGroup()),
            identity.nameTemplate(),
            identity.location(),
            identity.tags()),
        new VaultAccess(
            new ResourceId(spelling.apply(plain.vault().vault().text())),
            secrets,
            plain.vault().means()),
        plain.chart(),
        plain.manage());
  }

  /// The same fleet: clusters and secrets in another order, ids in another case.
  Fleet shuffled() {
    List<Target> targets = new ArrayList<>();
    for (Target target : fleet.targets()) {
      List<Secret> secrets = new ArrayList<>(target.vault().secrets());
      Collections.shuffle(secrets, random);
      UnaryOperator<String> spelling =
          random.nextBoolean()
              ? text -> text.toUpperCase(Locale.ROOT)
              : text -> text.toLowerCase(Locale.ROOT);
      targets.add(with(target, spelling, secrets));
    }
    Collections.shuffle(targets, random);
    return new Fleet(fleet.application(), targets);
  }

  /// Lets others change some things on some clusters.
  ///
  /// @return what a plan must hold now, one line for each thing
  Set<String> disturb() {
    for (Target target : fleet.targets()) {
      if (random.nextInt(4) > 0) {
        disturb(target);
      }
    }
    return planted;
  }

  private void disturb(Target target) {
    ResourceId identity = target.identity().id("westeurope");
    if (oneIn(3)) {
      credential(target, identity);
    }
    for (SecretName secret : target.vault().names()) {
      if (oneIn(4)) {
        world.roles.values().removeIf(role -> isFor(identity, target.vault().scope(secret), role));
        expect(target, "create role_assignment " + secret);
      }
    }
    if (oneIn(4)) {
      String tag = random.nextBoolean() ? Tags.CLUSTER : Tags.APPLICATION;
      world.identities.computeIfPresent(identity, (_, there) -> without(tag, there));
      expect(target, "update identity");
    }
    if (oneIn(4)) {
      world.releases.remove(target.cluster().key());
      expect(target, "create release");
    } else if (oneIn(3)) {
      world.drifts.put(target.cluster().key(), edited());
      expect(target, "update release");
    }
    if (oneIn(5)) {
      world.clusters.computeIfPresent(
          target.cluster().key(),
          (_, there) -> Samples.cluster(there.id(), there.issuer(), Feature.OFF, "Succeeded"));
      expect(target, "update cluster");
    }
  }

  private LiveDrift edited() {
    var field = new FieldDrift("spec.replicas", Optional.of("5"), "2");
    ObjectDrift drift =
        random.nextBoolean()
            ? new Gone("Service/orders")
            : new Edited("Deployment/orders", List.of(field), Upgrade.SETS_BACK, Optional.empty());
    return new LiveDrift(List.of(drift), List.of());
  }

  private void credential(Target target, ResourceId identity) {
    FederatedCredential ours =
        Optional.ofNullable(world.credentials.get(identity)).orElseThrow().getFirst();
    Optional<FederatedCredential> edited =
        switch (random.nextInt(4)) {
          case 0 -> Optional.empty();
          case 1 ->
              Optional.of(edited(ours, "https://evil.example/", ours.subject(), ours.audience()));
          case 2 ->
              Optional.of(
                  edited(
                      ours, ours.issuer().value(), "system:serviceaccount:a:b", ours.audience()));
          default ->
              Optional.of(edited(ours, ours.issuer().value(), ours.subject(), "api://other"));
        };
    world.credentials.put(identity, edited.stream().toList());
    expect(target, edited.isPresent() ? "update credential" : "create credential");
  }

  private static FederatedCredential edited(
      FederatedCredential ours, String issuer, String subject, String audience) {
    return new FederatedCredential(ours.name(), new Issuer(issuer), subject, audience);
  }

  private boolean isFor(ResourceId identity, ResourceId scope, RoleAssignment role) {
    ManagedIdentity there = Optional.ofNullable(world.identities.get(identity)).orElseThrow();
    return role.principal().equals(there.principal()) && role.scope().equals(scope.text());
  }

  private static ManagedIdentity without(String tag, ManagedIdentity identity) {
    var left = new HashMap<>(identity.tags().values());
    left.remove(tag);
    return new ManagedIdentity(
        identity.id(),
        identity.location(),
        identity.tenant(),
        identity.principal(),
        identity.client(),
        new Tags(left));
  }

  private boolean oneIn(int chances) {
    return random.nextInt(chances) == 0;
  }

  private void expect(Target target, String change) {
    planted.add(target.name() + " " + change);
  }
}
