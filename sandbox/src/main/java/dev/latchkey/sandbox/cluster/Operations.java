// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.cluster;

import dev.latchkey.sandbox.arm.Call;
import dev.latchkey.sandbox.arm.Operation;
import dev.latchkey.sandbox.message.Addresses;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/// The long-running operations that were ever started, and the addresses under which clients ask
/// for them. Safe for use by several threads.
final class Operations {
  private final ConcurrentMap<String, Operation> byId = new ConcurrentHashMap<>();
  private final Addresses addresses;

  Operations(Addresses addresses) {
    this.addresses = addresses;
  }

  void started(Operation operation) {
    byId.put(operation.id(), operation);
  }

  Optional<Operation> find(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  /// For `azure-asyncoperation`.
  String status(Call call, String location, Operation operation) {
    return address(call, location, "operations", operation);
  }

  /// For `location`.
  String result(Call call, String location, Operation operation) {
    return address(call, location, "operationresults", operation);
  }

  /// The version in the address is the provider's choice, not the caller's.
  private String address(Call call, String location, String kind, Operation operation) {
    String version = call.since("2024-01-01") ? "2025-03-01" : "2016-03-30";
    return "%s/subscriptions/%s/providers/Microsoft.ContainerService/locations/%s/%s/%s?api-version=%s"
        .formatted(
            addresses.arm(),
            call.target().subscription().orElse(""),
            location,
            kind,
            operation.id(),
            version);
  }
}
