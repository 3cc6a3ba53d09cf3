// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.arm;

import dev.latchkey.sandbox.message.Ask;
import java.time.Instant;
import tools.jackson.databind.node.ObjectNode;

/// One request to a resource type, after all checks of the gateway.
///
/// @param target the resource or collection; without the action's word
/// @param action the last word of a POST, or the empty text
/// @param body an empty object when none was sent
public record Call(
    Ask ask,
    Target target,
    String action,
    String apiVersion,
    Caller caller,
    Instant now,
    ObjectNode body) {

  /// A query parameter, or the empty text.
  public String query(String name) {
    return ask.parameter(name).orElse("");
  }

  /// Whether the request asks for this api-version or a later one.
  public boolean since(String version) {
    return date(apiVersion).compareTo(date(version)) >= 0;
  }

  private static String date(String version) {
    return version.substring(0, Math.min(10, version.length()));
  }
}
