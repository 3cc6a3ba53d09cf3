// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.torture;

/// An engine that does not come to an end.
final class HangException extends RuntimeException {
  private static final long serialVersionUID = 1;

  HangException(String reason) {
    super("the run hangs: " + reason);
  }
}
