// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.step;

import dev.latchkey.core.fleet.ChartWish;
import dev.latchkey.core.fleet.IdentityWish;
import dev.latchkey.core.fleet.Management;
import dev.latchkey.core.fleet.Target;
import dev.latchkey.core.fleet.VaultAccess;
import dev.latchkey.core.port.Releases.Rendered;
import dev.latchkey.core.port.Releases.RenderedAccount;
import dev.latchkey.core.port.Releases.RenderedWorkload;
import dev.latchkey.core.resource.ChartValues;
import dev.latchkey.core.resource.ClientId;
import dev.latchkey.core.resource.ClusterName;
import dev.latchkey.core.resource.FederatedCredential;
import dev.latchkey.core.resource.Issuer;
import dev.latchkey.core.resource.ManagedIdentity;
import dev.latchkey.core.resource.ManifestObject;
import dev.latchkey.core.resource.ObservedCluster;
import dev.latchkey.core.resource.ObservedCluster.Feature;
import dev.latchkey.core.resource.ObservedCluster.Power;
import dev.latchkey.core.resource.ObservedCluster.SignIn;
import dev.latchkey.core.resource.PrincipalId;
import dev.latchkey.core.resource.Reach;
import dev.latchkey.core.resource.ResourceId;
import dev.latchkey.core.resource.SecretName;
import dev.latchkey.core.resource.ServiceAccount;
import dev.latchkey.core.resource.Tags;
import dev.latchkey.core.resource.TenantId;
import dev.latchkey.core.resource.Vault;
import dev.latchkey.core.snapshot.Seen;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Things for tests: one cluster `aks-weu-1`, its identity, its vault; each test changes what it is
/// about.
public final class Samples {
  public static final ResourceId CLUSTER = ResourceId.cluster("s-1", "rg-weu", "aks-weu-1");
  public static final ResourceId VAULT = ResourceId.vault("s-1", "rg-shared", "kv-shared");
  public static final Issuer ISSUER =
      new Issuer("https://westeurope.oic.prod-aks.azure.com/tenant/guid/");
  public static final TenantId TENANT = new TenantId("11111111-1111-1111-1111-111111111111");

  private Samples() {}

  public static Target target() {
    return target(Management.ALL, VaultAccess.Means.ROLES);
  }

  public static Target target(Management manage, VaultAccess.Means means) {
    return target("aks-weu-1", manage, means);
  }

  public static Target target(String name, Management manage, VaultAccess.Means means) {
    return new Target(
        new ClusterName(name),
        ResourceId.cluster("s-1", "rg-weu", name),
        "orders",
        Target.Presence.REQUIRED,
        Optional.empty(),
        new ServiceAccount("orders", "orders"),
        Target.Namespace.CREATE,
        new IdentityWish("s-1", "rg-weu", "id-orders-" + name, Optional.empty(), Tags.none()),
        new VaultAccess(
            VAULT,
            List.of(
                new VaultAccess.Secret(new SecretName("db-password"), "db-password"),
                new VaultAccess.Secret(new SecretName("payment-api-key"), "PAYMENT_KEY")),
            means),
        new ChartWish("/charts/workload", Optional.empty(), "orders", ChartValues.none(), Map.of()),
        manage);
  }

  public static ObservedCluster cluster() {
    return cluster(CLUSTER, Optional.of(ISSUER), Feature.ON, "Succeeded");
  }

  public static ObservedCluster cluster(
      ResourceId id, Optional<Issuer> issuer, Feature workloadIdentity, String state) {
    return new ObservedCluster(
        id,
        "westeurope",
        "1.34.1",
        "MC_rg-weu_aks-weu-1_westeurope",
        state,
        Power.RUNNING,
        new Reach.Anywhere(),
        issuer,
        workloadIdentity,
        SignIn.ENTRA_AZURE_RBAC,
        Optional.of(TENANT),
        List.of(),
        Tags.none(),
        Optional.of("etag-1"));
  }

  public static ManagedIdentity identity(Tags tags) {
    return new ManagedIdentity(
        ResourceId.identity("s-1", "rg-weu", "id-orders-aks-weu-1"),
        "westeurope",
        TENANT,
        new PrincipalId("principal-1"),
        new ClientId("client-1"),
        tags);
  }

  public static ManagedIdentity identity() {
    return identity(ManagedIdentityStep.marks(target()));
  }

  public static Vault vault(Vault.Model model) {
    return new Vault(VAULT, "https://kv-shared.vault.azure.net/", TENANT, model, List.of());
  }

  public static List<ManifestObject> objects(String clientId) {
    return List.of(
        new ManifestObject("ServiceAccount/orders", "client-id: " + clientId),
        new ManifestObject("Deployment/orders", "replicas: 1"));
  }

  public static Rendered chart(String clientId) {
    return chart(clientId, "");
  }

  public static Rendered chart(String clientId, String subcharts) {
    return new Rendered(
        "kind: Deployment",
        "workload 0.1.0",
        "digest-1",
        subcharts,
        Map.of(),
        objects(clientId),
        List.of(new RenderedAccount("orders", Optional.of(clientId))),
        List.of(new RenderedWorkload("Deployment/orders", "orders", Optional.of("true"))));
  }

  /// A cluster on which nothing of ours is there yet.
  public static Seen bare() {
    return new Seen(
        Optional.of(cluster(CLUSTER, Optional.empty(), Feature.OFF, "Succeeded")),
        Optional.empty(),
        List.of(),
        Optional.of(vault(Vault.Model.ROLES)),
        List.of(),
        Optional.empty(),
        Optional.of(chart(Steps.STAND_IN)),
        Map.of());
  }

  /// The same with a cluster, an identity and credentials.
  public static Seen with(
      ObservedCluster cluster,
      Optional<ManagedIdentity> identity,
      List<FederatedCredential> credentials) {
    Seen bare = bare();
    return new Seen(
        Optional.of(cluster),
        identity,
        credentials,
        bare.vault(),
        List.of(),
        Optional.empty(),
        bare.chart(),
        Map.of());
  }
}
