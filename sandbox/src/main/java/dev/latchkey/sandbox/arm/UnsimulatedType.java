// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.arm;

import dev.latchkey.sandbox.message.Answer;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// A type that Azure has and the sandbox does not simulate: none of its resources is there, and
/// none can be made, because the subscription is not registered for its provider.
///
/// @param name with the provider's namespace
/// @param home of the resource that was asked for
record UnsimulatedType(String name, Home home, Providers providers) implements ResourceType {
  @Override
  public Set<String> apiVersions() {
    return Set.of();
  }

  @Override
  public Answer read(Call call) {
    return Answers.notFound(call);
  }

  @Override
  public Answer list(Call call) {
    ObjectNode tree = JsonMapper.shared().createObjectNode();
    tree.putArray("value");
    return Answer.json(200, tree);
  }

  @Override
  public Answer put(Call call) {
    return refused(call);
  }

  @Override
  public Answer patch(Call call) {
    return Answers.notFound(call);
  }

  @Override
  public Answer delete(Call call) {
    return Answer.empty(204);
  }

  @Override
  public Answer post(Call call) {
    return Answers.notFound(call);
  }

  private Answer refused(Call call) {
    String subscription = call.target().subscription().orElse("");
    if (!providers.isRegistered(subscription, call.target().namespace(), call.now())) {
      return Providers.unregistered(call.target().namespace());
    }
    return Refusal.byGateway(
        403,
        "RequestDisallowedByAzure",
        "Resource '%s' was disallowed by Azure: the sandbox does not simulate '%s'."
            .formatted(call.target().name(), name));
  }
}
