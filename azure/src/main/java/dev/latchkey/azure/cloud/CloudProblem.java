// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.azure.cloud;

import dev.latchkey.core.problem.Problem;
import dev.latchkey.core.problem.Text;
import dev.latchkey.core.problem.WrongInput;
import java.net.URI;
import java.util.List;

/// Why it is not clear which Azure to talk to, or whom to trust there.
public sealed interface CloudProblem extends Problem {
  /// `LATCHKEY_CLOUD` is neither a name that we know nor an address.
  record Unknown(String value) implements CloudProblem, WrongInput {}

  /// The address does not describe a cloud.
  record NotDescribed(URI resourceManager, String detail) implements CloudProblem {}

  /// The certificates of `LATCHKEY_CA` cannot be read.
  record CaUnreadable(String file, String reason) implements CloudProblem, WrongInput {}

  @Override
  default String code() {
    return switch (this) {
      case Unknown _ -> "cloud-unknown";
      case NotDescribed _ -> "cloud-not-described";
      case CaUnreadable _ -> "ca-unreadable";
    };
  }

  @Override
  default Text text() {
    return switch (this) {
      case Unknown(var value) ->
          new Text(
              "`LATCHKEY_CLOUD` names no cloud: `" + value + "`.",
              List.of(),
              "It is AzurePublic, AzureUSGovernment, AzureChina, or ARM's address (https://…).",
              "correct `LATCHKEY_CLOUD`, or unset it for the public cloud");
      case NotDescribed(var address, var detail) ->
          new Text(
              "`" + address + "` does not describe a cloud.",
              List.of("missing  " + detail),
              "A custom cloud answers `" + Cloud.description(address) + "`.",
              "correct `LATCHKEY_CLOUD`");
      case CaUnreadable(var file, var reason) ->
          new Text(
              "The certificates of `LATCHKEY_CA` cannot be read.",
              List.of("file     " + file, "reason   " + reason),
              "It is a file of PEM certificates that are trusted besides Java's own.",
              "correct `LATCHKEY_CA`, or unset it");
    };
  }
}
