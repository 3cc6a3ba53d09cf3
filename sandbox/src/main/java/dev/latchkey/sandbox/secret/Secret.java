// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.secret;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// One secret of a vault with all its versions.
///
/// @param versions oldest first, never empty
/// @param readableFrom when the vault's replicas serve it: after a recovery, some seconds later
/// @param deletion present while it lies in the vault's bin
record Secret(
    String name, List<Version> versions, Instant readableFrom, Optional<Deletion> deletion) {

  /// One version.
  ///
  /// @param id 32 hexadecimal digits
  /// @param notBefore Unix seconds, told to clients but not enforced, as on Azure
  record Version(
      String id,
      SecretValue value,
      Optional<String> contentType,
      boolean enabled,
      OptionalLong notBefore,
      OptionalLong expires,
      Instant created,
      Instant updated,
      Map<String, String> tags) {
    Version switched(boolean on) {
      return new Version(id, value, contentType, on, notBefore, expires, created, updated, tags);
    }
  }

  /// When it was deleted, when the bin shows it, and when the bin is emptied of it.
  record Deletion(Instant at, Instant settled, Instant purge) {}

  Secret {
    versions = List.copyOf(versions);
  }

  Version latest() {
    return versions.getLast();
  }

  Optional<Version> version(String id) {
    return versions.stream().filter(version -> version.id().equals(id)).findFirst();
  }

  Secret withVersion(Version version) {
    var more = new ArrayList<>(versions);
    more.removeIf(known -> known.id().equals(version.id()));
    int place = version(version.id()).map(versions::indexOf).orElse(versions.size());
    more.add(place, version);
    return new Secret(name, more, readableFrom, deletion);
  }

  Secret deleted(Deletion how) {
    return new Secret(name, versions, readableFrom, Optional.of(how));
  }

  Secret recovered(Instant readable) {
    return new Secret(name, versions, readable, Optional.empty());
  }
}
