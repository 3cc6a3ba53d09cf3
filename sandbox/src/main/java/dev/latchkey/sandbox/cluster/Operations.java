// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.cluster;

import dev.latchkey.sandbox.arm.Call;
import dev.latchkey.sandbox.arm.Operation;
import dev.latchkey.sandbox.clock.Seed;
import dev.latchkey.sandbox.message.Addresses;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/// The long-running operations that were ever started, and the addresses under which clients ask
/// for them. Safe for use by several threads.
final class Operations {
  /// One operation, and what its status needs to know.
  ///
  /// @param nodes how many nodes it is about
  /// @param release AKS as it was when the operation started
  record Known(Operation operation, int nodes, Release release, Note note) {}

  /// What a status can say beside how far it is.
  enum Note {
    NONE,
    /// Another operation came between; this one goes on all the same.
    PREEMPTED
  }

  private static final Instant TICKS = Instant.parse("0001-01-01T00:00:00Z");

  private final ConcurrentMap<String, Known> byId = new ConcurrentHashMap<>();
  private final Addresses addresses;
  private final Seed seed;

  Operations(Addresses addresses, Seed seed) {
    this.addresses = addresses;
    this.seed = seed;
  }

  void started(Operation operation, int nodes, Release release) {
    byId.put(operation.id(), new Known(operation, nodes, release, Note.NONE));
  }

  /// An operation as a saved world holds it. What AKS was like follows from when it started.
  record Saved(Operation operation, int nodes, Note note) {}

  List<Saved> saved() {
    return byId.values().stream()
        .sorted(Comparator.comparing(known -> known.operation().id()))
        .map(known -> new Saved(known.operation(), known.nodes(), known.note()))
        .toList();
  }

  void restore(List<Saved> saved) {
    for (Saved one : saved) {
      Release release = Release.at(one.operation().startedAt());
      byId.put(one.operation().id(), new Known(one.operation(), one.nodes(), release, one.note()));
    }
  }

  /// The operation has come to another end than it was started for.
  void changed(Operation operation) {
    byId.computeIfPresent(
        operation.id(),
        (_, known) -> new Known(operation, known.nodes(), known.release(), known.note()));
  }

  void note(String id, Note note) {
    byId.computeIfPresent(
        id, (_, known) -> new Known(known.operation(), known.nodes(), known.release(), note));
  }

  Optional<Known> find(String id) {
    return Optional.ofNullable(byId.get(id.toLowerCase(Locale.ROOT)));
  }

  /// For `azure-asyncoperation`.
  String status(Call call, String location, Operation operation) {
    return address(call, location, "operations", operation);
  }

  /// For `location`.
  String result(Call call, String location, Operation operation) {
    return address(call, location, "operationresults", operation);
  }

  private String address(Call call, String location, String kind, Operation operation) {
    Release release = find(operation.id()).orElseThrow().release();
    String address =
        "%s/subscriptions/%s/providers/Microsoft.ContainerService/locations/%s/%s/%s?api-version=%s"
            .formatted(
                addresses.arm(),
                call.target().subscription().orElse(""),
                location,
                kind,
                operation.id(),
                release.polls().version());
    return switch (release.polls().form()) {
      case PLAIN -> address;
      case SIGNED -> address + signature(operation);
    };
  }

  /// Clients follow the parameters byte for byte; nobody but ARM reads them.
  private String signature(Operation operation) {
    long ticks = Duration.between(TICKS, operation.startedAt()).toMillis() * 10_000;
    return "&t=%d&c=%s&s=%s&h=%s"
        .formatted(
            ticks,
            text("certificate", operation, 2000),
            text("signature", operation, 342),
            text("hash", operation, 43));
  }

  private String text(String part, Operation operation, int length) {
    String hash = seed.hex(part, operation.id(), 64);
    return hash.repeat(length / hash.length() + 1).substring(0, length);
  }
}
