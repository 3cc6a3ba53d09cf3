// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.arm;

import dev.latchkey.sandbox.message.Addresses;
import dev.latchkey.sandbox.message.Answer;
import java.util.Set;

/// Where a client asks whether a group is gone: 202 while it goes, then 200, both without body.
public final class GroupDeletions implements ResourceType {
  private final Store store;
  private final Addresses addresses;

  /// The deletions of the groups in this store.
  public GroupDeletions(Store store, Addresses addresses) {
    this.store = store;
    this.addresses = addresses;
  }

  static String address(Addresses addresses, Call call, Operation operation) {
    return "%s/subscriptions/%s/operationresults/%s?api-version=%s"
        .formatted(
            addresses.arm(),
            call.target().subscription().orElse(""),
            operation.id(),
            call.apiVersion());
  }

  @Override
  public String name() {
    return "Microsoft.Resources/subscriptions/operationresults";
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
  public Answer read(Call call) {
    return store
        .below("/subscriptions/" + call.target().subscription().orElse(""), ResourceGroups.NAME)
        .stream()
        .flatMap(group -> group.operation().stream())
        .filter(operation -> operation.id().equals(call.target().name()))
        .findFirst()
        .map(operation -> Answer.empty(202).with("location", address(addresses, call, operation)))
        .orElseGet(() -> Answer.empty(200));
  }
}
