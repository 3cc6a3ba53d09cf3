// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.graph;

/// Ends a request with one of Microsoft Graph's errors.
final class GraphRefused extends Exception {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String code;
  private final String text;

  GraphRefused(int status, String code, String text) {
    super(text, null, false, false);
    this.status = status;
    this.code = code;
    this.text = text;
  }

  int status() {
    return status;
  }

  String code() {
    return code;
  }

  String text() {
    return text;
  }
}
