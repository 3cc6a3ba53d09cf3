// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.arm;

import dev.latchkey.sandbox.message.Addresses;
import dev.latchkey.sandbox.message.Answer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// `/metadata/endpoints`: by this one document, open to all, a client learns the whole cloud.
final class CloudEndpoints {
  static final String PATH = "/metadata/endpoints";

  private final Addresses addresses;

  CloudEndpoints(Addresses addresses) {
    this.addresses = addresses;
  }

  Answer answer() {
    String arm = addresses.arm();
    ObjectNode tree = JsonMapper.shared().createObjectNode();
    tree.put("name", "Sandbox").put("resourceManager", arm + "/").put("portal", arm);
    ObjectNode authentication = tree.putObject("authentication");
    authentication.put("loginEndpoint", addresses.login());
    authentication.putArray("audiences").add("https://management.core.windows.net/").add(arm + "/");
    authentication.put("tenant", "common").put("identityProvider", "AAD");
    tree.put("graph", addresses.graph()).put("graphAudience", addresses.graph());
    tree.put("microsoftGraphResourceId", addresses.graph());
    tree.put("gallery", arm).put("batch", arm).put("media", arm).put("sqlManagement", arm);
    tree.put("vmImageAliasDoc", arm).put("activeDirectoryDataLake", arm);
    ObjectNode suffixes = tree.putObject("suffixes");
    suffixes.put("keyVaultDns", addresses.vaultSuffix());
    suffixes.put("acrLoginServer", "azurecr.invalid").put("storage", "storage.invalid");
    return Answer.json(200, tree);
  }
}
