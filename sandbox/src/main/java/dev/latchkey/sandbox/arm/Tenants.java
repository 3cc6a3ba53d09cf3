// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.arm;

import dev.latchkey.sandbox.message.Answer;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// `/tenants`: the one tenant of the simulated world.
public final class Tenants implements ResourceType {
  private final String tenantId;

  /// The list of this tenant.
  public Tenants(String tenantId) {
    this.tenantId = tenantId;
  }

  @Override
  public String name() {
    return "Microsoft.Resources/tenants";
  }

  @Override
  public Set<String> apiVersions() {
    return ResourceGroups.VERSIONS;
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
    tree.putArray("value")
        .addObject()
        .put("id", "/tenants/" + tenantId)
        .put("tenantId", tenantId)
        .put("tenantCategory", "Home");
    return Answer.json(200, tree);
  }
}
