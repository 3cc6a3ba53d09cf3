// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.premise;

/// What is wrong with the workloads of a cluster that use workload identity.
public enum WorkloadPremise implements Premise {
  /// Without it the webhook leaves the pod alone.
  MISSING_POD_LABEL("the pods lack the label azure.workload.identity/use"),
  /// The webhook looks at pods alone.
  LABEL_ON_WRONG_OBJECT("the label azure.workload.identity/use is on the workload, not its pods"),
  /// `clientid` for `client-id`.
  MISSPELT_ANNOTATION("the service account's annotation is misspelt"),
  /// That of no application.
  WRONG_CLIENT_ID("the service account names a client id that does not exist"),
  /// That of no organisation.
  WRONG_TENANT("the service account names another tenant"),
  /// A registry whose name cannot be resolved.
  IMAGE_NOT_PULLABLE("the image of the workload cannot be pulled"),
  /// As a pipeline leaves it that was cut while Helm worked.
  RELEASE_PENDING("the Helm release is left pending, as if its upgrade had been cut");

  private final String explanation;

  WorkloadPremise(String explanation) {
    this.explanation = explanation;
  }

  @Override
  public String explanation() {
    return explanation;
  }
}
