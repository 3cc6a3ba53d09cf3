// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.contract;

import dev.latchkey.sandbox.vault.Vault;

/// The vaults behind the hosts that are asked for secrets.
record VaultPremises(Scene scene) implements Inference {
  private static final String SUBSCRIPTION = "00000000-0000-0000-0000-000000000000";
  private static final String GROUP = "recorded-vaults";

  @Override
  public void before(Step step) {
    if (step.exchange().addressee() instanceof Addressee.Vault(String name)
        && scene.cloud().azure().vaults().find(name).isEmpty()) {
      appear(name, model(step.exchange()));
    }
  }

  /// Only a refusal tells how a vault guards its secrets.
  private static Vault.PermissionModel model(Exchange exchange) {
    String inner = exchange.body().path("error").path("innererror").path("code").asString("");
    return inner.equals("AccessDenied") || inner.equals("ForbiddenByPolicy")
        ? Vault.PermissionModel.ACCESS_POLICIES
        : Vault.PermissionModel.ROLES;
  }

  private void appear(String name, Vault.PermissionModel model) {
    var azure = scene.cloud().azure();
    String group = "/subscriptions/" + SUBSCRIPTION + "/resourceGroups/" + GROUP;
    if (azure.store().find(group).isEmpty()) {
      azure.addSubscription(SUBSCRIPTION, "Example Subscription");
      azure.addGroup(SUBSCRIPTION, GROUP, region());
    }
    azure.addVault(SUBSCRIPTION, GROUP, name, region(), model);
  }

  private String region() {
    return scene.recording().exchanges().stream()
        .flatMap(one -> one.header("x-ms-keyvault-region").stream())
        .findFirst()
        .orElse("westeurope");
  }
}
