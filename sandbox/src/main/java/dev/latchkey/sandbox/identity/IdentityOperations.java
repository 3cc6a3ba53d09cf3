// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.identity;

import dev.latchkey.sandbox.arm.Call;
import dev.latchkey.sandbox.arm.ResourceType;
import dev.latchkey.sandbox.arm.TextTable;
import dev.latchkey.sandbox.message.Answer;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// `/providers/Microsoft.ManagedIdentity/operations`: what can be done with managed identities.
public final class IdentityOperations implements ResourceType {
  private static final String PROVIDER = "Microsoft.ManagedIdentity/";

  private static final List<String> OPERATIONS =
      TextTable.lines(IdentityOperations.class, "operations.txt");

  @Override
  public String name() {
    return PROVIDER + "operations";
  }

  @Override
  public Set<String> apiVersions() {
    return UserAssignedIdentities.VERSIONS;
  }

  @Override
  public Home home() {
    return Home.SUBSCRIPTION;
  }

  @Override
  public Rights rights() {
    return Rights.ANY_TOKEN;
  }

  @Override
  public Answer list(Call call) {
    ObjectNode tree = JsonMapper.shared().createObjectNode();
    ArrayNode value = tree.putArray("value");
    OPERATIONS.forEach(line -> value.add(operation(line.split("\\|", -1))));
    return Answer.json(200, tree);
  }

  private static ObjectNode operation(String[] words) {
    ObjectNode tree = JsonMapper.shared().createObjectNode();
    tree.put("name", PROVIDER + words[0]);
    tree.putObject("display")
        .put("provider", "Microsoft Managed Identity")
        .put("resource", words[1])
        .put("operation", words[2])
        .put("description", words[3]);
    return tree;
  }
}
