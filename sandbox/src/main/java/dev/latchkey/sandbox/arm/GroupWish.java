// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.arm;

import dev.latchkey.sandbox.message.Answer;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// What is sent to make a resource group, and what is wrong with it.
final class GroupWish {
  private static final int LONGEST = 90;

  private GroupWish() {}

  static Optional<Answer> refusal(Call call) {
    return name(call.target().name()).or(() -> place(call));
  }

  private static Optional<Answer> name(String name) {
    String illegal =
        name.chars()
            .filter(letter -> !Character.isLetterOrDigit(letter) && "-_.()".indexOf(letter) < 0)
            .distinct()
            .mapToObj(Character::toString)
            .collect(Collectors.joining());
    if (!illegal.isEmpty()) {
      return refused(
          "InvalidResourceGroup",
          "The provided resource group name '%s' has these invalid characters: '%s'. The name can only be a letter, digit, '-', '.', '(', ')' or '_'."
              .formatted(name, illegal));
    }
    return name.length() > LONGEST || name.endsWith(".")
        ? refused(
            "InvalidResourceGroup",
            "The provided resource group name '%s' is invalid. The name must be at most %d characters and cannot end with a '.'."
                .formatted(name, LONGEST))
        : Optional.empty();
  }

  private static Optional<Answer> place(Call call) {
    String location = location(call.body());
    if (location.isEmpty()) {
      return refused("LocationRequired", "The location property is required for this definition.");
    }
    return Region.all().stream().anyMatch(region -> region.name().equals(location))
        ? Optional.empty()
        : refused(
            "LocationNotAvailableForResourceGroup",
            "The provided location '%s' is not available for resource group. List of available regions is '%s'."
                .formatted(
                    location,
                    Region.all().stream().map(Region::name).collect(Collectors.joining(","))));
  }

  /// As ARM keeps it: `West Europe` is `westeurope`.
  static String location(JsonNode body) {
    return body.path("location").asString("").replace(" ", "").toLowerCase(Locale.ROOT);
  }

  private static Optional<Answer> refused(String code, String message) {
    return Optional.of(Refusal.byGateway(400, code, message));
  }
}
