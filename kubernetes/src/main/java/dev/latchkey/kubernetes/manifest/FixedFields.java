// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.kubernetes.manifest;

import static dev.latchkey.kubernetes.manifest.FixedRule.always;
import static dev.latchkey.kubernetes.manifest.FixedRule.labels;
import static java.util.Map.entry;

import dev.latchkey.core.resource.FixedObject.FixedField;
import dev.latchkey.core.resource.LiveDrift.FieldDrift;
import dev.latchkey.kubernetes.manifest.Manifest.Item;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Fields that nobody may change once their object is there, and what an upgrade would change in
/// them.
///
/// A field counts where both objects state it. Where Kubernetes fills fields in by itself, such as
/// in the template of a Job, each value within counts only where both state that; what is added or
/// taken away there is left to the API server.
///
/// @see <a
///   href="https://github.com/kubernetes/kubernetes/tree/v1.34.0/pkg/apis">ValidateDeploymentUpdate,
///   ValidateDaemonSetUpdate, ValidateReplicaSetUpdate and ValidateStatefulSetUpdate
///   (`apps/validation`), ValidateJobSpecUpdate (`batch/validation`), ValidateRoleBindingUpdate
///   (`rbac/validation`), ValidatePersistentVolumeClaimUpdate, ValidateConfigMapUpdate,
///   ValidateSecretUpdate and ValidateServiceUpdate (`core/validation`), ValidateStorageClassUpdate
///   (`storage/validation`), ValidatePriorityClassUpdate (`scheduling/validation`)</a>
public final class FixedFields {
  private static final Map<String, List<FixedRule>> OF_KINDS =
      Map.ofEntries(
          entry("apps/Deployment", List.of(labels("spec.selector"))),
          entry("apps/ReplicaSet", List.of(labels("spec.selector"))),
          entry("apps/DaemonSet", List.of(labels("spec.selector"))),
          entry(
              "apps/StatefulSet",
              List.of(
                  labels("spec.selector"),
                  always("spec.serviceName"),
                  always("spec.podManagementPolicy"),
                  always("spec.volumeClaimTemplates"))),
          entry(
              "batch/Job",
              List.of(
                  always("spec.selector"),
                  always("spec.completionMode"),
                  always("spec.template").where(FixedRule::isNotSuspended))),
          entry("rbac.authorization.k8s.io/RoleBinding", List.of(always("roleRef"))),
          entry("rbac.authorization.k8s.io/ClusterRoleBinding", List.of(always("roleRef"))),
          entry(
              "/PersistentVolumeClaim",
              List.of(
                  always("spec.storageClassName"),
                  always("spec.accessModes"),
                  always("spec.volumeMode"))),
          entry(
              "/ConfigMap",
              List.of(
                  labels("data").where(FixedRule::isSealed),
                  labels("binaryData").where(FixedRule::isSealed))),
          entry("/Secret", List.of(always("type"), labels("data").where(FixedRule::isSealed))),
          entry(
              "/Service", List.of(always("spec.clusterIP").where(FixedRule::hasAddressInCluster))),
          entry(
              "storage.k8s.io/StorageClass",
              List.of(
                  always("provisioner"),
                  always("parameters"),
                  always("reclaimPolicy"),
                  always("volumeBindingMode"))),
          entry("scheduling.k8s.io/PriorityClass", List.of(always("value"))));

  private FixedFields() {}

  /// Whether an upgrade from one manifest to another would change such a field of this object, as
  /// far as the two of them tell.
  public static boolean mayChange(Item before, Item wanted) {
    return rules(SecretData.joined(before), SecretData.joined(wanted))
        .anyMatch(
            rule ->
                !rule.among(LiveComparison.between(wanted, before)).isEmpty()
                    || !rule.takenAway(before, wanted).isEmpty());
  }

  /// What such an upgrade would change in the object that lives: nothing, where somebody has made
  /// it anew as it is wanted.
  ///
  /// @param before what the upgrade starts from
  public static List<FixedField> changed(Item before, Item wanted, Item live) {
    return rules(SecretData.joined(live), SecretData.joined(wanted))
        .flatMap(rule -> Stream.concat(set(rule, wanted, live), gone(rule, before, wanted, live)))
        .toList();
  }

  private static Stream<FixedRule> rules(Item there, Item wanted) {
    String group = wanted.group();
    return group.equals(there.group())
        ? OF_KINDS.getOrDefault(group + "/" + wanted.kind(), List.of()).stream()
            .filter(rule -> rule.isStatedIn(there) && rule.isStatedIn(wanted))
            .filter(rule -> rule.holds(there, wanted))
        : Stream.empty();
  }

  private static Stream<FixedField> set(FixedRule rule, Item wanted, Item live) {
    return rule.among(LiveComparison.between(wanted, live)).stream()
        .filter(drift -> rule.counts(drift))
        .map(drift -> new FixedField(drift.path(), drift.live(), Optional.of(drift.wanted())));
  }

  /// Labels that the release had set, and would take away.
  private static Stream<FixedField> gone(FixedRule rule, Item before, Item wanted, Item live) {
    Set<String> paths =
        rule.takenAway(before, wanted).stream().map(FieldDrift::path).collect(Collectors.toSet());
    return rule.takenAway(live, wanted).stream()
        .filter(drift -> paths.contains(drift.path()))
        .map(drift -> new FixedField(drift.path(), Optional.of(drift.wanted()), Optional.empty()));
  }
}
