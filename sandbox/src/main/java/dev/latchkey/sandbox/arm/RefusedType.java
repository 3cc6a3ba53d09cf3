// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.arm;

import dev.latchkey.sandbox.message.Answer;
import java.util.Set;

/// A type that no provider has, below one whose provider is asked about everything there: the
/// refusal is the provider's, not the gateway's.
///
/// @param name with the provider's namespace
record RefusedType(String name) implements ResourceType {
  @Override
  public Set<String> apiVersions() {
    return Set.of();
  }

  @Override
  public Home home() {
    return Home.ANY_SCOPE;
  }

  @Override
  public Answer read(Call call) {
    return refused();
  }

  @Override
  public Answer list(Call call) {
    return refused();
  }

  @Override
  public Answer put(Call call) {
    return refused();
  }

  @Override
  public Answer patch(Call call) {
    return refused();
  }

  @Override
  public Answer delete(Call call) {
    return refused();
  }

  @Override
  public Answer post(Call call) {
    return refused();
  }

  private Answer refused() {
    return Refusal.of(
            404, "ResourceTypeNotSupported", "Unsupported resource type: '%s'.".formatted(name))
        .with("content-type", "application/json");
  }
}
