// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.render;

import dev.latchkey.core.fleet.Fleet;
import dev.latchkey.core.fleet.Target;
import dev.latchkey.core.fleet.Target.Presence;
import dev.latchkey.core.plan.Access;
import dev.latchkey.core.plan.Access.Added;
import dev.latchkey.core.plan.Access.Bounds;
import dev.latchkey.core.plan.Access.Other;
import dev.latchkey.core.plan.Because;
import dev.latchkey.core.plan.Change;
import dev.latchkey.core.plan.ClusterPlan;
import dev.latchkey.core.plan.ManifestDiff;
import dev.latchkey.core.plan.ManifestDiff.Fate;
import dev.latchkey.core.plan.ManifestDiff.ObjectDiff;
import dev.latchkey.core.plan.Plan;
import dev.latchkey.core.plan.Quota;
import dev.latchkey.core.plan.Quota.Used;
import dev.latchkey.core.plan.Settings;
import dev.latchkey.core.plan.Step;
import dev.latchkey.core.plan.StepPlan;
import dev.latchkey.core.plan.Thing;
import dev.latchkey.core.plan.Thing.Kind;
import dev.latchkey.core.plan.Value;
import dev.latchkey.core.resource.PrincipalId;
import dev.latchkey.core.resource.ResourceId;
import dev.latchkey.core.resource.SecretName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Plans, as the engine makes them.
final class Plans {
  private static final String AKS = "https://westeurope.oic.prod-aks.azure.com/72f988bf-86f1/";
  private static final ResourceId VAULT =
      Scripts.target("aks-weu-1", Presence.REQUIRED).vault().vault();
  private static final List<SecretName> SECRETS =
      List.of(new SecretName("db-password"), new SecretName("payment-api-key"));

  private Plans() {}

  /// 41 bare clusters, one that was made anew, one that is stopped.
  static Plan large() {
    var clusters = new ArrayList<ClusterPlan>();
    for (int i = 1; i <= 41; i++) {
      clusters.add(bare("aks-weu-" + i));
    }
    clusters.add(
        planned(
            "aks-neu-1",
            kept(Step.WORKLOAD_IDENTITY, Kind.CLUSTER),
            kept(Step.MANAGED_IDENTITY, Kind.IDENTITY),
            StepPlan.of(
                Step.FEDERATED_CREDENTIAL,
                List.of(
                    issuer(
                        "aks-neu-1",
                        AKS + "4be1/",
                        AKS + "9c02/",
                        Because.follows("the cluster was made anew")))),
            kept(Step.KEY_VAULT_ACCESS, Kind.ROLE_ASSIGNMENT, Kind.ROLE_ASSIGNMENT),
            kept(Step.HELM_RELEASE, Kind.RELEASE)));
    clusters.add(
        new ClusterPlan(
            Scripts.target("aks-old-1", Presence.OPTIONAL),
            Optional.of("the cluster is stopped"),
            Map.of()));
    var added =
        clusters.stream()
            .limit(41)
            .map(each -> new Added(each.target().name(), "id-orders", VAULT, SECRETS))
            .toList();
    return plan(
        clusters,
        new Access(added, List.of()),
        List.of(new Quota(VAULT.subscription(), new Used.Counted(3_830), 82)));
  }

  /// What others changed, what stands in the way, and who else reads.
  static Plan troubled() {
    ClusterPlan drifted =
        planned(
            "aks-weu-1",
            kept(Step.WORKLOAD_IDENTITY, Kind.CLUSTER),
            kept(Step.MANAGED_IDENTITY, Kind.IDENTITY)
                .with(List.of("id-orders-aks-weu-1 also trusts repo:acme/tools")),
            StepPlan.of(
                Step.FEDERATED_CREDENTIAL,
                List.of(
                    issuer(
                        "aks-weu-1",
                        AKS + "1a2b",
                        AKS + "1a2b/",
                        Because.drift("somebody changed the issuer")))),
            StepPlan.of(
                Step.KEY_VAULT_ACCESS,
                List.of(
                    new Change.Create(
                        secret("db-password"),
                        Settings.none(),
                        Because.drift("somebody removed the role")))),
            StepPlan.of(Step.HELM_RELEASE, List.of(editedRelease()))
                .with(List.of("not compared with the release: Role: may not be read (403)")));
    ClusterPlan blocked =
        bare("aks-neu-1")
            .blocked(
                Step.KEY_VAULT_ACCESS,
                Scripts.foreign("The vault `kv-shared` obeys access policies."));
    var other =
        new Other(
            new PrincipalId("7c10aaaa-0000-4000-8000-000000000001"),
            "Key Vault Administrator",
            "/subscriptions/s-1/resourceGroups/rg-shared",
            "4f2a",
            Bounds.NONE,
            VAULT,
            SECRETS);
    var one = atSecret("db-password");
    var two = atSecret("payment-api-key");
    return plan(
        List.of(drifted, blocked, quiet("aks-sea-1"), quiet("aks-sea-2")),
        new Access(
            List.of(
                new Added(
                    drifted.target().name(), "id-orders-aks-weu-1", VAULT, SECRETS.subList(0, 1))),
            List.of(other, one, two)),
        List.of(
            new Quota(
                VAULT.subscription(),
                new Used.Unknown(Scripts.foreign("Reading was refused.")),
                1)));
  }

  /// A release whose objects others have edited.
  private static Change editedRelease() {
    return new Change.Update(
        new Thing(Kind.RELEASE, "orders/orders"),
        Settings.of("revision", Value.of("3")),
        Settings.of("revision", Value.of("4")),
        Because.drift("somebody deleted Service/orders (and 1 more)"),
        "",
        new ManifestDiff(
            List.of(
                new ObjectDiff("Service/orders", Fate.ADDED, List.of()),
                new ObjectDiff(
                    "Deployment/orders",
                    Fate.CHANGED,
                    List.of("-spec.replicas: 5", "+spec.replicas: 2")))));
  }

  /// A fleet that is as wanted.
  static Plan nothing() {
    return plan(List.of(quiet("aks-weu-1"), quiet("aks-neu-1")), Access.none(), List.of());
  }

  static Plan plan(List<ClusterPlan> clusters, Access access, List<Quota> quotas) {
    List<Target> targets = clusters.stream().map(ClusterPlan::target).toList();
    return new Plan(new Fleet("orders", targets), clusters, access, quotas);
  }

  static ClusterPlan bare(String name) {
    Thing cluster = new Thing(Kind.CLUSTER, name);
    return planned(
        name,
        StepPlan.of(
            Step.WORKLOAD_IDENTITY,
            List.of(
                new Change.Update(
                    cluster,
                    Settings.of("OIDC issuer", Value.of("off"))
                        .and("workload identity", Value.of("off")),
                    Settings.of("OIDC issuer", Value.of("on"))
                        .and("workload identity", Value.of("on")),
                    "restarts the API server once; the issuer cannot be switched off again; set"
                        + " both in Terraform or Bicep too, if they own the cluster"))),
        made(Step.MANAGED_IDENTITY, new Thing(Kind.IDENTITY, "id-orders-" + name)),
        StepPlan.of(
            Step.FEDERATED_CREDENTIAL,
            List.of(
                new Change.Create(
                    credential(name),
                    Settings.of("issuer", new Value.KnownAfter(Step.WORKLOAD_IDENTITY))
                        .and("subject", Value.of("system:serviceaccount:orders:orders"))))),
        made(Step.KEY_VAULT_ACCESS, secret("db-password"), secret("payment-api-key")),
        StepPlan.of(
            Step.HELM_RELEASE,
            List.of(
                new Change.Create(new Thing(Kind.NAMESPACE, "orders"), Settings.none()),
                new Change.Create(
                    new Thing(Kind.RELEASE, "orders/orders"),
                    Settings.of("chart", Value.of("workload 0.1.0"))
                        .and("objects", Value.of("6"))))));
  }

  static ClusterPlan quiet(String name) {
    return planned(
        name,
        kept(Step.WORKLOAD_IDENTITY, Kind.CLUSTER),
        kept(Step.MANAGED_IDENTITY, Kind.IDENTITY),
        kept(Step.FEDERATED_CREDENTIAL, Kind.CREDENTIAL),
        kept(Step.KEY_VAULT_ACCESS, Kind.ROLE_ASSIGNMENT),
        kept(Step.HELM_RELEASE, Kind.RELEASE));
  }

  static Change issuer(String cluster, String before, String after, Because because) {
    return new Change.Update(
        credential(cluster),
        Settings.of("issuer", Value.of(before)),
        Settings.of("issuer", Value.of(after)),
        because,
        "");
  }

  static ClusterPlan planned(String name, StepPlan... steps) {
    return new ClusterPlan(
        Scripts.target(name, Presence.REQUIRED),
        Optional.empty(),
        Arrays.stream(steps).collect(Collectors.toMap(StepPlan::step, Function.identity())));
  }

  private static Thing credential(String cluster) {
    return new Thing(Kind.CREDENTIAL, "lk-" + cluster + "-orders-orders-3f9c0a1b2d4e");
  }

  private static Thing secret(String name) {
    return new Thing(Kind.ROLE_ASSIGNMENT, "Key Vault Secrets User on kv-shared/secrets/" + name);
  }

  private static StepPlan made(Step step, Thing... things) {
    return StepPlan.of(
        step,
        Stream.of(things).<Change>map(thing -> new Change.Create(thing, Settings.none())).toList());
  }

  private static StepPlan kept(Step step, Kind... kinds) {
    return StepPlan.of(
        step,
        Stream.of(kinds).<Change>map(kind -> new Change.Keep(new Thing(kind, "it"))).toList());
  }

  private static Other atSecret(String secret) {
    return new Other(
        new PrincipalId("7c10aaaa-0000-4000-8000-000000000002"),
        "Key Vault Secrets User",
        VAULT.text() + "/secrets/" + secret,
        "5b3c-" + secret,
        Bounds.NONE,
        VAULT,
        List.of(new SecretName(secret)));
  }
}
