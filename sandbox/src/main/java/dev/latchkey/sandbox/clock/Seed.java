// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.clock;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;

/// Every random choice and generated id of the simulated world.
///
/// Each is a hash of (seed, operation, resource id, how often it was asked), never drawn from a
/// shared stream: the same seed gives the same ids and lags for the same request of the same
/// resource, whatever the interleaving of requests.
public final class Seed {
  private final long value;
  private final ConcurrentMap<String, AtomicLong> asked = new ConcurrentHashMap<>();

  /// The world of this seed.
  public Seed(long value) {
    this.value = value;
  }

  /// A GUID in Azure's form, version 4.
  public UUID uuid(String operation, String resource) {
    ByteBuffer hash = ByteBuffer.wrap(hash(operation, resource));
    long high = (hash.getLong() & 0xffffffffffff0fffL) | 0x4000L;
    long low = (hash.getLong() & 0x3fffffffffffffffL) | 0x8000000000000000L;
    return new UUID(high, low);
  }

  /// A number at or above 0 and below 1.
  public double fraction(String operation, String resource) {
    return (ByteBuffer.wrap(hash(operation, resource)).getLong() >>> 11) * 0x1.0p-53;
  }

  /// Lower-case hexadecimal digits, at most 64.
  public String hex(String operation, String resource, int digits) {
    return HexFormat.of().formatHex(hash(operation, resource)).substring(0, digits);
  }

  /// How often each choice was asked for: what a world that goes on elsewhere has to go on from.
  public SortedMap<String, Long> saved() {
    var times = new TreeMap<String, Long>();
    asked.forEach((choice, count) -> times.put(choice, count.get()));
    return times;
  }

  /// Goes on from there.
  public void restore(Map<String, Long> saved) {
    asked.clear();
    saved.forEach((choice, count) -> asked.put(choice, new AtomicLong(count)));
  }

  private byte[] hash(String operation, String resource) {
    String key = operation + "\n" + resource;
    long times = asked.computeIfAbsent(key, _ -> new AtomicLong()).getAndIncrement();
    try {
      return MessageDigest.getInstance("SHA-256")
          .digest((value + "\n" + key + "\n" + times).getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
