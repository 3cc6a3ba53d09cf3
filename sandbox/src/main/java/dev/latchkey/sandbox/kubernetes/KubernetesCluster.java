// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.kubernetes;

import dev.latchkey.sandbox.cluster.ClusterView;
import dev.latchkey.sandbox.issuer.ClusterKeys;
import dev.latchkey.sandbox.schema.Kinds;
import dev.latchkey.sandbox.schema.Trees;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/// The inside of one simulated cluster: its objects, the rules of their writes, its tokens.
public final class KubernetesCluster {
  private static final String ROOT_CERTIFICATE = "kube-root-ca.crt";
  private static final String AUTHORITY = "ca.crt";
  private static final String DEFAULT_ISSUER = "https://kubernetes.default.svc.cluster.local";

  private final World world;
  private final String id;
  private final Store store = new Store();
  private final Resources resources;
  private final AccountTokens tokens;
  private final AddOns addOns;

  private KubernetesCluster(World world, String id, NodeSide nodes) {
    this.world = world;
    this.id = id;
    this.resources = new Resources(world, this, nodes);
    this.tokens = new AccountTokens(world, this);
    this.addOns = new AddOns(world, this);
  }

  /// A new cluster: nobody has written anything yet.
  static KubernetesCluster fresh(World world, String id, NodeSide nodes) {
    var cluster = new KubernetesCluster(world, id, nodes);
    FirstObjects.create(cluster);
    return cluster;
  }

  /// A cluster as it was saved, but for its certificate authority, which is another one.
  static KubernetesCluster restored(World world, SavedCluster saved, NodeSide nodes) {
    var cluster = new KubernetesCluster(world, saved.id(), nodes);
    for (ObjectNode object : saved.objects()) {
      ObjectNode own = object.deepCopy();
      if (isRootCertificate(own)) {
        Trees.child(own, "data").put(AUTHORITY, cluster.authority());
      }
      cluster.store.restore(SavedCluster.kind(own), own, saved.resourceVersion());
    }
    cluster.addOns.restore(saved.webhookFrom());
    return cluster;
  }

  private static boolean isRootCertificate(ObjectNode object) {
    return Trees.text(object, "kind").equals(Kinds.CONFIG_MAP.name())
        && Trees.text(object, "metadata", "name").equals(ROOT_CERTIFICATE);
  }

  /// What is in it at this moment, but for what the nodes make anew.
  SavedCluster saved() {
    Store.Listing all = store.everything(SavedCluster.KINDS);
    return new SavedCluster(id, view().uid(), all.version(), addOns.servedFrom(), all.objects());
  }

  /// The cluster as ARM has it at this moment.
  public ClusterView view() {
    return world
        .clusters()
        .find(id)
        .orElseThrow(() -> new IllegalStateException("the cluster is gone: " + id));
  }

  /// Its objects.
  public Store store() {
    return store;
  }

  /// The rules of writes.
  public Resources resources() {
    return resources;
  }

  /// The tokens of its service accounts.
  public AccountTokens tokens() {
    return tokens;
  }

  /// Its resource id in lower case.
  public String key() {
    return id.toLowerCase(Locale.ROOT);
  }

  /// The names under which its signing keys are kept.
  ClusterKeys keys() {
    return ClusterKeys.of(view());
  }

  /// Who its tokens say issued them: the OIDC issuer, once it is announced.
  String issuer() {
    return view().issuer().orElse(DEFAULT_ISSUER);
  }

  /// What a token must be for so that this API server takes it; also who may have issued it: what
  /// was issued before the OIDC issuer was enabled stays good.
  Set<String> audiences() {
    return Set.copyOf(List.of(issuer(), DEFAULT_ISSUER));
  }

  /// Puts into a new namespace what each has.
  void furnish(String namespace) {
    ObjectNode account = Trees.object();
    Trees.child(account, "metadata").put("name", "default");
    resources.create(Kinds.SERVICE_ACCOUNT, namespace, account);
    ObjectNode certificate = Trees.object();
    Trees.child(certificate, "metadata").put("name", ROOT_CERTIFICATE);
    Trees.child(certificate, "data").put(AUTHORITY, authority());
    resources.create(Kinds.CONFIG_MAP, namespace, certificate);
  }

  private String authority() {
    return world.servers().endpoint(id).certificateAuthorityPem();
  }

  /// Whether the API server calls the workload identity webhook for a new pod; a [Refusal] when it
  /// should and cannot.
  public boolean callsWebhook(ObjectNode pod) {
    return addOns.call(pod);
  }

  /// What AKS keeps in the cluster.
  AddOns addOns() {
    return addOns;
  }
}
