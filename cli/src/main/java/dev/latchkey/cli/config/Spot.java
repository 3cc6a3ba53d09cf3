// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.config;

/// Where a value stands: its place in the file, its path of keys, and who wrote it.
///
/// @param path such as `clusters[0].keyVault.name`; empty at the top level
public record Spot(Place place, String path, Source source) {
  static Spot written(Place place, String path) {
    return new Spot(place, path, new Source.Written());
  }

  Spot key(String key, Place at) {
    return new Spot(at, path.isEmpty() ? key : path + "." + key, source);
  }

  Spot item(int index, Place at) {
    return new Spot(at, path + "[" + index + "]", source);
  }

  Spot from(Source other) {
    return new Spot(place, path, other);
  }
}
