// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.schema;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Endpoints;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.LimitRange;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.ReplicationController;
import io.fabric8.kubernetes.api.model.ResourceQuota;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookConfiguration;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhookConfiguration;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.authentication.SelfSubjectReview;
import io.fabric8.kubernetes.api.model.authentication.TokenReview;
import io.fabric8.kubernetes.api.model.authorization.v1.LocalSubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectRulesReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReview;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.IngressClass;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.api.model.scheduling.v1.PriorityClass;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The one table of types: read from the client library's model classes, shared by all clusters.
public final class Kinds {
  private static final List<Class<? extends HasMetadata>> MODELS =
      List.of(
          Namespace.class,
          ServiceAccount.class,
          Secret.class,
          ConfigMap.class,
          Service.class,
          Pod.class,
          Event.class,
          Node.class,
          ReplicationController.class,
          PersistentVolume.class,
          PersistentVolumeClaim.class,
          Endpoints.class,
          LimitRange.class,
          ResourceQuota.class,
          Deployment.class,
          ReplicaSet.class,
          StatefulSet.class,
          DaemonSet.class,
          Job.class,
          CronJob.class,
          Role.class,
          RoleBinding.class,
          ClusterRole.class,
          ClusterRoleBinding.class,
          PodDisruptionBudget.class,
          Ingress.class,
          IngressClass.class,
          NetworkPolicy.class,
          HorizontalPodAutoscaler.class,
          io.fabric8.kubernetes.api.model.events.v1.Event.class,
          Lease.class,
          EndpointSlice.class,
          PriorityClass.class,
          StorageClass.class,
          MutatingWebhookConfiguration.class,
          ValidatingWebhookConfiguration.class,
          CustomResourceDefinition.class);

  private static final Map<String, List<String>> SHORT_NAMES =
      Map.ofEntries(
          Map.entry("namespaces", List.of("ns")),
          Map.entry("serviceaccounts", List.of("sa")),
          Map.entry("configmaps", List.of("cm")),
          Map.entry("services", List.of("svc")),
          Map.entry("pods", List.of("po")),
          Map.entry("events", List.of("ev")),
          Map.entry("nodes", List.of("no")),
          Map.entry("replicationcontrollers", List.of("rc")),
          Map.entry("persistentvolumes", List.of("pv")),
          Map.entry("persistentvolumeclaims", List.of("pvc")),
          Map.entry("endpoints", List.of("ep")),
          Map.entry("limitranges", List.of("limits")),
          Map.entry("resourcequotas", List.of("quota")),
          Map.entry("deployments", List.of("deploy")),
          Map.entry("replicasets", List.of("rs")),
          Map.entry("statefulsets", List.of("sts")),
          Map.entry("daemonsets", List.of("ds")),
          Map.entry("cronjobs", List.of("cj")),
          Map.entry("poddisruptionbudgets", List.of("pdb")),
          Map.entry("ingresses", List.of("ing")),
          Map.entry("networkpolicies", List.of("netpol")),
          Map.entry("horizontalpodautoscalers", List.of("hpa")),
          Map.entry("priorityclasses", List.of("pc")),
          Map.entry("storageclasses", List.of("sc")),
          Map.entry("customresourcedefinitions", List.of("crd", "crds")));

  private static final List<Kind> ALL = all();

  /// The types that others name in code.
  public static final Kind NAMESPACE = named("", "namespaces");

  public static final Kind SERVICE_ACCOUNT = named("", "serviceaccounts");
  public static final Kind SECRET = named("", "secrets");
  public static final Kind CONFIG_MAP = named("", "configmaps");
  public static final Kind POD = named("", "pods");
  public static final Kind EVENT = named("", "events");
  public static final Kind NODE = named("", "nodes");
  public static final Kind SERVICE = named("", "services");
  public static final Kind DEPLOYMENT = named("apps", "deployments");
  public static final Kind REPLICA_SET = named("apps", "replicasets");
  public static final Kind STATEFUL_SET = named("apps", "statefulsets");
  public static final Kind DAEMON_SET = named("apps", "daemonsets");
  public static final Kind JOB = named("batch", "jobs");
  public static final Kind DISRUPTION_BUDGET = named("policy", "poddisruptionbudgets");
  public static final Kind ROLE = named("rbac.authorization.k8s.io", "roles");
  public static final Kind ROLE_BINDING = named("rbac.authorization.k8s.io", "rolebindings");
  public static final Kind CLUSTER_ROLE = named("rbac.authorization.k8s.io", "clusterroles");
  public static final Kind CLUSTER_ROLE_BINDING =
      named("rbac.authorization.k8s.io", "clusterrolebindings");
  public static final Kind MUTATING_WEBHOOK =
      named("admissionregistration.k8s.io", "mutatingwebhookconfigurations");

  private Kinds() {}

  /// All types, those of the core group first.
  public static List<Kind> list() {
    return ALL;
  }

  /// One type of each group and version, the core group first.
  public static List<Kind> groupVersions() {
    var seen = new LinkedHashSet<String>();
    return ALL.stream().filter(kind -> seen.add(kind.apiVersion())).toList();
  }

  /// The type served at a path.
  public static Optional<Kind> find(String group, String version, String resource) {
    return ALL.stream()
        .filter(kind -> kind.group().equals(group) && kind.version().equals(version))
        .filter(kind -> kind.resource().equals(resource))
        .findFirst();
  }

  private static Kind named(String group, String resource) {
    return ALL.stream()
        .filter(kind -> kind.group().equals(group) && kind.resource().equals(resource))
        .findFirst()
        .orElseThrow();
  }

  private static List<Kind> all() {
    var kinds = new ArrayList<Kind>();
    MODELS.forEach(model -> kinds.add(kept(model)));
    kinds.add(of(SelfSubjectAccessReview.class, Kind.Scope.CLUSTER, Kind.Use.ANSWERED));
    kinds.add(of(SubjectAccessReview.class, Kind.Scope.CLUSTER, Kind.Use.ANSWERED));
    kinds.add(of(LocalSubjectAccessReview.class, Kind.Scope.NAMESPACED, Kind.Use.ANSWERED));
    kinds.add(of(SelfSubjectRulesReview.class, Kind.Scope.CLUSTER, Kind.Use.ANSWERED));
    kinds.add(of(TokenReview.class, Kind.Scope.CLUSTER, Kind.Use.ANSWERED));
    kinds.add(of(SelfSubjectReview.class, Kind.Scope.CLUSTER, Kind.Use.ANSWERED));
    return List.copyOf(kinds);
  }

  private static Kind kept(Class<? extends HasMetadata> model) {
    boolean namespaced = Namespaced.class.isAssignableFrom(model);
    return of(model, namespaced ? Kind.Scope.NAMESPACED : Kind.Scope.CLUSTER, Kind.Use.KEPT);
  }

  private static Kind of(Class<? extends HasMetadata> model, Kind.Scope scope, Kind.Use use) {
    String resource = HasMetadata.getPlural(model);
    return new Kind(
        HasMetadata.getGroup(model),
        HasMetadata.getVersion(model),
        resource,
        HasMetadata.getSingular(model),
        HasMetadata.getKind(model),
        scope,
        SHORT_NAMES.getOrDefault(resource, List.of()),
        model,
        use);
  }
}
