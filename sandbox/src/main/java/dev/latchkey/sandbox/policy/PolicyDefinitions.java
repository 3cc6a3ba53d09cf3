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

/// Policy definitions that somebody of the tenant wrote; none of Azure's own are there.
public final class PolicyDefinitions implements ResourceType {
  static final String NAME = "Microsoft.Authorization/policyDefinitions";

  static final Set<String> VERSIONS =
      Set.of(
          "2016-04-01",
          "2016-12-01",
          "2018-03-01",
          "2018-05-01",
          "2019-01-01",
          "2019-06-01",
          "2019-09-01",
          "2020-03-01",
          "2020-09-01",
          "2021-06-01",
          "2022-06-01",
          "2023-04-01",
          "2024-04-01",
          "2024-05-01",
          "2025-01-01",
          "2025-03-01",
          "2025-11-01");

  private final PolicyStore policies;

  /// The definitions in this store.
  public PolicyDefinitions(Store store, Addresses addresses) {
    this.policies =
        new PolicyStore(store, addresses, NAME, "PolicyDefinitionNotFound", "policy definition");
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Set<String> apiVersions() {
    return VERSIONS;
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
    if (Rule.read(sent.path("policyRule").path("if")).isEmpty()) {
      return Refusal.byGateway(
          400,
          "InvalidPolicyRule",
          "Failed to parse policy rule: the sandbox evaluates 'not', 'allOf', 'anyOf' and comparisons of a 'field' with 'equals', 'like', 'contains', 'in', 'exists' and their negations.");
    }
    ObjectNode properties = JsonMapper.shared().createObjectNode();
    properties.put("policyType", "Custom").put("mode", "Indexed");
    properties.setAll((ObjectNode) sent.deepCopy());
    return policies.written(call, properties);
  }

  @Override
  public Answer delete(Call call) {
    return policies.delete(call);
  }
}
