// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.command;

import dev.latchkey.core.resource.ClusterName;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/// One of several parts of a fleet, for jobs of a pipeline that work side by side.
///
/// Which part a cluster belongs to follows from its name alone, so that it does not move when
/// others join or leave the fleet.
///
/// @param number from 1
record Shard(int number, int of) {
  static final int MOST = 1000;
  private static final Pattern WRITTEN = Pattern.compile("(\\d{1,4})/(\\d{1,4})");

  /// Such as `2/5`; empty when it is none.
  static Optional<Shard> read(String words) {
    Matcher parts = WRITTEN.matcher(words);
    if (!parts.matches()) {
      return Optional.empty();
    }
    var shard = new Shard(Integer.parseInt(parts.group(1)), Integer.parseInt(parts.group(2)));
    boolean exists = shard.number >= 1 && shard.number <= shard.of && shard.of <= MOST;
    return exists ? Optional.of(shard) : Optional.empty();
  }

  boolean has(ClusterName cluster) {
    var sum = new CRC32();
    sum.update(cluster.value().getBytes(StandardCharsets.UTF_8));
    return sum.getValue() % of == number - 1;
  }

  @Override
  public String toString() {
    return number + "/" + of;
  }
}
