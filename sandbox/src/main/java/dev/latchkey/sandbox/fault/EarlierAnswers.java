// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.fault;

import dev.latchkey.sandbox.fault.FaultRule.Effect;
import dev.latchkey.sandbox.message.Answer;
import dev.latchkey.sandbox.message.Ask;
import dev.latchkey.sandbox.message.Service;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/// What a replica that lags behind would answer: what resources looked like before their last
/// write, as far as a rule wants that. Safe for use by several threads.
final class EarlierAnswers {
  private static final Set<String> WRITES = Set.of("PUT", "PATCH", "DELETE");

  private final ConcurrentMap<String, Answer> byPath = new ConcurrentHashMap<>();

  /// Looks at what is about to be written, and at its list, as the writer sees them.
  void before(Ask write, Service service, List<FaultRule> rules) {
    if (!WRITES.contains(write.method())) {
      return;
    }
    for (String path : List.of(write.path(), parent(write.path()))) {
      if (rules.stream().anyMatch(rule -> isStale(rule, path))) {
        byPath.put(key(write, path), service.answer(read(write, path)));
      }
    }
  }

  private static boolean isStale(FaultRule rule, String path) {
    return rule.effect() instanceof Effect.Stale && rule.operation().isAt(path);
  }

  private static String parent(String path) {
    return path.substring(0, Math.max(1, path.lastIndexOf('/')));
  }

  private static Ask read(Ask write, String path) {
    return new Ask(
        write.origin(),
        "GET",
        path,
        write.query(),
        write.headers(),
        new byte[0],
        write.clientCertificate());
  }

  /// The answer before the last write; empty when nobody has written.
  Optional<Answer> of(Ask read) {
    return Optional.ofNullable(byPath.get(key(read, read.path())));
  }

  private static String key(Ask ask, String path) {
    return ask.origin() + " " + path.toLowerCase(Locale.ROOT);
  }
}
