// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.azure.arm;

import dev.latchkey.core.port.Providers;
import java.util.Locale;

/// Resource providers through ARM.
public final class ArmProviders implements Providers {
  private static final String VERSION = "2021-04-01";

  private final Arm arm;

  /// The providers that this ARM knows.
  public ArmProviders(Arm arm) {
    this.arm = arm;
  }

  @Override
  public Registration of(String subscription, String namespace) {
    String what = "Reading the registration of `" + subscription + "` for `" + namespace + "`";
    String path = "/subscriptions/" + subscription + "/providers/" + namespace;
    return arm.find(what, path, VERSION)
        .map(reply -> reply.json().path("registrationState").asString(""))
        .map(ArmProviders::registration)
        .orElse(Registration.NOT_MISSING);
  }

  private static Registration registration(String state) {
    return switch (state.toLowerCase(Locale.ROOT)) {
      case "notregistered", "unregistered", "unregistering" -> Registration.MISSING;
      default -> Registration.NOT_MISSING;
    };
  }
}
