// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.message;

/// A simulated service: plain Java without sockets. Called by many threads at once.
public interface Service {
  /// The answer as of now. Never throws for what a client sent: that is an answer of Azure's own.
  Answer answer(Ask ask);
}
