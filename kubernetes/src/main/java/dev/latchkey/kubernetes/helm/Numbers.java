// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.kubernetes.helm;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Helm reads every number as a float of 64 bits and writes `1.0` as `1`; a tree that went through
/// it must still equal the one that did not.
final class Numbers {
  private Numbers() {}

  /// The tree with each number in the least type that holds it: Integer, Long, BigInteger, Double.
  static Map<String, Object> plain(Map<String, Object> tree) {
    var plain = new LinkedHashMap<String, Object>();
    tree.forEach((key, value) -> plain.put(key, plainValue(value)));
    return plain;
  }

  @SuppressWarnings({"unchecked", "NullAway"}) // keys are texts; a null value is kept as it is
  private static Object plainValue(@Nullable Object value) {
    return switch (value) {
      case Map<?, ?> map -> plain((Map<String, Object>) map);
      case List<?> list -> list.stream().<Object>map(Numbers::plainValue).toList();
      case Number number -> plainNumber(number);
      case null -> null;
      default -> value;
    };
  }

  private static Number plainNumber(Number number) {
    double asHelm = number.doubleValue();
    if (asHelm != Math.rint(asHelm) || Double.isInfinite(asHelm)) {
      return asHelm;
    }
    BigInteger whole = new BigDecimal(asHelm).toBigInteger();
    if (whole.bitLength() < Integer.SIZE) {
      return whole.intValue();
    }
    if (whole.bitLength() < Long.SIZE) {
      return whole.longValue();
    }
    return whole;
  }
}
