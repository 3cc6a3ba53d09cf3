// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.vault;

import dev.latchkey.sandbox.arm.Call;
import dev.latchkey.sandbox.arm.ResourceType;
import dev.latchkey.sandbox.message.Answer;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// `checkNameAvailability`: whether a vault could have this name. Names are unique in all of Azure.
final class VaultNames implements ResourceType {
  private final Vaults vaults;
  private final VaultBin bin;

  VaultNames(Vaults vaults, VaultBin bin) {
    this.vaults = vaults;
    this.bin = bin;
  }

  @Override
  public String name() {
    return "Microsoft.KeyVault/checkNameAvailability";
  }

  @Override
  public Set<String> apiVersions() {
    return KeyVaults.VERSIONS;
  }

  @Override
  public Home home() {
    return Home.SUBSCRIPTION;
  }

  /// Names are no secret.
  @Override
  public Rights rights() {
    return Rights.ANY_TOKEN;
  }

  @Override
  public Answer post(Call call) {
    String name = call.body().path("name").asString("");
    ObjectNode tree = JsonMapper.shared().createObjectNode();
    if (!VaultChecks.isName(name)) {
      return Answer.json(
          200,
          taken(
              tree,
              "AccountNameInvalid",
              "The vault name '%s' is invalid. A vault's name must be between 3-24 alphanumeric characters. The name must begin with a letter, end with a letter or digit, and not contain consecutive hyphens."
                  .formatted(name)));
    }
    boolean used = vaults.find(name).isPresent() || bin.named(name).isPresent();
    return Answer.json(
        200,
        used
            ? taken(tree, "AlreadyExists", "The name '%s' is already in use.".formatted(name))
            : tree.put("nameAvailable", true));
  }

  private static ObjectNode taken(ObjectNode tree, String reason, String message) {
    return tree.put("nameAvailable", false).put("reason", reason).put("message", message);
  }
}
