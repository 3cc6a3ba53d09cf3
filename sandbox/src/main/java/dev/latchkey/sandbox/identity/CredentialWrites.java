// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.identity;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Azure takes one credential write at a time on one identity and refuses the others. Safe for use
/// by several threads.
public final class CredentialWrites {
  /// The right to write; closing it lets the next writer in.
  public interface Permit extends AutoCloseable {
    @Override
    void close();
  }

  private final Set<String> busy = ConcurrentHashMap.newKeySet();

  /// The right to write credentials of this identity, or empty while another has it.
  public Optional<Permit> begin(String identityId) {
    String key = identityId.toLowerCase(Locale.ROOT);
    return busy.add(key) ? Optional.of(() -> busy.remove(key)) : Optional.empty();
  }
}
