// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.message;

/// Stands between the wire and the services: sees each request, but those that steer the sandbox,
/// and decides whether a service sees it. Called by many threads at once.
public interface Witness {
  /// Lets the service answer, or answers itself.
  Answer answer(Ask ask, Service service);
}
