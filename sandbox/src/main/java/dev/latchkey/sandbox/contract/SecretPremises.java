// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.contract;

import dev.latchkey.sandbox.vault.Vault;

/// The caller's right to the secrets of a vault, which it has unless an answer refuses it.
record SecretPremises(Scene scene) implements Inference {
  /// Key Vault Administrator.
  private static final String ADMINISTRATOR = "00482a5a-887f-4fb3-b363-3b7fe8e74483";

  @Override
  public void before(Step step) {
    if (step.exchange().addressee() instanceof Addressee.Vault(String name) && !isRefused()) {
      scene.cloud().azure().vaults().find(name).ifPresent(this::allow);
    }
  }

  private boolean isRefused() {
    return scene.recording().exchanges().stream().anyMatch(one -> one.status() == 403);
  }

  private void allow(Vault vault) {
    boolean allowed =
        scene
            .cloud()
            .azure()
            .store()
            .below(vault.id(), "Microsoft.Authorization/roleAssignments")
            .stream()
            .findAny()
            .isPresent();
    if (!allowed) {
      scene.cloud().azure().assign(scene.callerId(), ADMINISTRATOR, vault.id());
    }
  }
}
