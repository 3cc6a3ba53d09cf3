// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.policy;

import dev.latchkey.sandbox.arm.Call;
import dev.latchkey.sandbox.arm.Refusal;
import dev.latchkey.sandbox.arm.ResourceType;
import dev.latchkey.sandbox.arm.Store;
import dev.latchkey.sandbox.message.Addresses;
import dev.latchkey.sandbox.message.Answer;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Where policies count: at the scope of an assignment and below.
public final class PolicyAssignments implements ResourceType {
  static final String NAME = "Microsoft.Authorization/policyAssignments";

  private final Store store;
  private final PolicyStore policies;

  /// The assignments in this store.
  public PolicyAssignments(Store store, Addresses addresses) {
    this.store = store;
    this.policies =
        new PolicyStore(store, addresses, NAME, "PolicyAssignmentNotFound", "policy assignment");
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Set<String> apiVersions() {
    return PolicyDefinitions.VERSIONS;
  }

  @Override
  public Home home() {
    return Home.ANY_SCOPE;
  }

  @Override
  public Answer read(Call call) {
    return policies.read(call);
  }

  @Override
  public Answer list(Call call) {
    return policies.list(call);
  }

  @Override
  public Answer put(Call call) {
    JsonNode sent = call.body().path("properties");
    String definition = sent.path("policyDefinitionId").asString("");
    if (store.find(definition).isEmpty()) {
      String name = definition.substring(definition.lastIndexOf('/') + 1);
      return Refusal.byGateway(
          404,
          "PolicyDefinitionNotFound",
          "The policy definition '%s' could not be found.".formatted(name));
    }
    ObjectNode properties = JsonMapper.shared().createObjectNode();
    properties.putArray("notScopes");
    properties.putObject("parameters");
    properties.put("enforcementMode", "Default");
    properties.setAll((ObjectNode) sent.deepCopy());
    properties.put("scope", call.target().scope());
    return policies.written(call, properties);
  }

  @Override
  public Answer delete(Call call) {
    return policies.delete(call);
  }
}
