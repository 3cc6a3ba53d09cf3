// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.config;

import dev.latchkey.cli.config.Value.Scalar;
import java.util.Locale;

/// Checks names against their rules.
final class Names {
  /// Stands for a name that was complained about. No Azure name holds this character, and a file
  /// with a complaint is refused, so nobody ever sends it.
  static final String LOST = "?";

  private Names() {}

  /// The name, or the one that stands for a refused name.
  static String checked(Scalar scalar, NameRule rule, Complaints complaints) {
    if (scalar.isLost() || rule.allows(scalar.text())) {
      return scalar.text();
    }
    complaints.add(refusal(scalar, rule));
    return LOST;
  }

  /// What Azure's names are compared by.
  static String folded(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  static boolean isLost(String name) {
    return name.equals(LOST);
  }

  private static ConfigProblem refusal(Scalar scalar, NameRule rule) {
    return switch (rule) {
      case APPLICATION, NAMESPACE, SERVICE_ACCOUNT, RELEASE ->
          rule.allowsInLowerCase(scalar.text())
              ? new ConfigProblem.CapitalsRefused(scalar.spot(), scalar.text())
              : new ConfigProblem.NameRefused(scalar.spot(), scalar.text(), rule);
      case SECRET, SECRET_ALIAS -> secretRefusal(scalar, rule);
      case SUBSCRIPTION,
          RESOURCE_GROUP,
          CLUSTER,
          IDENTITY,
          LOCATION,
          VAULT,
          ENVIRONMENT,
          WAVE,
          TAG ->
          new ConfigProblem.NameRefused(scalar.spot(), scalar.text(), rule);
    };
  }

  private static ConfigProblem secretRefusal(Scalar scalar, NameRule rule) {
    return switch (scalar.spot().source()) {
      case Source.Written _ -> new ConfigProblem.NameRefused(scalar.spot(), scalar.text(), rule);
      case Source.Variable _ -> new ConfigProblem.SecretNameRefused(scalar.spot());
    };
  }
}
