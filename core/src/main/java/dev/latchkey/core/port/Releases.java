// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.port;

import dev.latchkey.core.fleet.ChartWish;
import dev.latchkey.core.resource.ChartValues;
import dev.latchkey.core.resource.ManifestObject;
import dev.latchkey.core.resource.Release;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What latchkey asks of Helm.
public interface Releases {
  /// The newest revision of a release, read from Helm's own record; empty when there is none.
  Optional<Release> newest(Kubeconfig kubeconfig, String namespace, String name);

  /// All objects of the chart as Helm renders them with these values, without asking a cluster.
  Rendered render(ChartWish chart, String namespace, ChartValues values);

  /// Installs the release, or upgrades it; does not wait for pods.
  ///
  /// @param before the newest revision, if there is one
  /// @param note what to remember of this run in the release's record
  Release deploy(
      Kubeconfig kubeconfig,
      String namespace,
      ChartWish chart,
      ChartValues values,
      Optional<Release> before,
      String note);

  /// The revisions of a release that Helm still keeps, newest first.
  List<Release> history(Kubeconfig kubeconfig, String namespace, String name);

  /// Deploys chart and values of an earlier revision as a new one; does not wait for pods.
  ///
  /// @param good the earlier revision
  /// @param note what to remember of this run in the release's record
  Release rollBack(Kubeconfig kubeconfig, Release good, String note);

  /// Ends a pending revision that a killed run of ours left behind, so that the next can start.
  void recover(Kubeconfig kubeconfig, Release pending);

  /// A chart with its values filled in.
  ///
  /// @param manifest all objects, as YAML documents
  /// @param chart name and version
  /// @param chartDigest fingerprint of the chart's files, as [Release#chartDigest()] has it
  /// @param subcharts fingerprint of the charts that it depends on; empty when there are none
  /// @param definitions fingerprint of each file in `crds/`, by its path
  /// @param objects all objects, to be compared
  /// @param serviceAccounts the service accounts among the objects
  /// @param workloads the objects that make pods
  record Rendered(
      String manifest,
      String chart,
      String chartDigest,
      String subcharts,
      Map<String, String> definitions,
      List<ManifestObject> objects,
      List<RenderedAccount> serviceAccounts,
      List<RenderedWorkload> workloads) {
    public Rendered {
      definitions = Map.copyOf(definitions);
      objects = List.copyOf(objects);
      serviceAccounts = List.copyOf(serviceAccounts);
      workloads = List.copyOf(workloads);
    }
  }

  /// A service account that the chart makes.
  ///
  /// @param clientId the value of `azure.workload.identity/client-id`
  record RenderedAccount(String name, Optional<String> clientId) {}

  /// An object that makes pods.
  ///
  /// @param object kind and name
  /// @param useLabel the value of the pod label `azure.workload.identity/use`
  record RenderedWorkload(String object, String serviceAccount, Optional<String> useLabel) {}
}
