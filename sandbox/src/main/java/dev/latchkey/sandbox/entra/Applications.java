// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.entra;

import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/// The app registrations of the tenant. Safe for use by several threads.
public final class Applications {
  private final ConcurrentMap<String, Application> byClientId = new ConcurrentHashMap<>();

  /// Adds an application, or replaces the one of the same client id.
  public void add(Application application) {
    byClientId.put(application.clientId().toLowerCase(Locale.ROOT), application);
  }

  /// The application that signs in under this client id.
  public Optional<Application> find(String clientId) {
    return Optional.ofNullable(byClientId.get(clientId.toLowerCase(Locale.ROOT)));
  }
}
