// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.config;

import dev.latchkey.cli.config.Value.Scalar;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Fills the placeholders of an identity's name.
final class IdentityName {
  /// What a name is without a word in the file.
  static final String DEFAULT = "id-{application}-{cluster}";

  /// The one that only Azure can fill.
  static final String LOCATION = "location";

  /// The one that a cluster need not have.
  static final String ENVIRONMENT = "environment";

  private static final List<String> PLACEHOLDERS =
      List.of("application", "cluster", "clusterResourceGroup", LOCATION, ENVIRONMENT);
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^{}]*)}");
  // as long as Azure's longest, so that a name which passes here passes with any location
  private static final String LONG_LOCATION = "germanywestcentral";

  private IdentityName() {}

  /// All placeholders, for people.
  static String known() {
    return PLACEHOLDERS.stream().map(name -> "{" + name + "}").collect(Collectors.joining(" "));
  }

  /// The name with all placeholders filled but `{location}`.
  ///
  /// @param values without `environment` when the cluster has none
  static String rendered(Scalar template, Map<String, String> values, Complaints complaints) {
    if (template.isLost()) {
      return Names.LOST;
    }
    boolean complete = true;
    for (var found : PLACEHOLDER.matcher(template.text()).results().toList()) {
      complete &= known(found.group(1), template, values, complaints);
    }
    if (!complete || values.containsValue(Names.LOST)) {
      return Names.LOST;
    }
    String name =
        PLACEHOLDER
            .matcher(template.text())
            .replaceAll(
                found ->
                    Matcher.quoteReplacement(values.getOrDefault(found.group(1), found.group())));
    String example = name.replace("{" + LOCATION + "}", LONG_LOCATION);
    if (!NameRule.IDENTITY.allows(example)) {
      complaints.add(new ConfigProblem.NameRefused(template.spot(), name, NameRule.IDENTITY));
      return Names.LOST;
    }
    return name;
  }

  private static boolean known(
      String placeholder, Scalar template, Map<String, String> values, Complaints complaints) {
    if (!PLACEHOLDERS.contains(placeholder)) {
      var near = Nearest.to(placeholder, PLACEHOLDERS);
      complaints.add(new ConfigProblem.PlaceholderUnknown(template.spot(), placeholder, near));
      return false;
    }
    String cluster = values.getOrDefault("cluster", Names.LOST);
    if (placeholder.equals(ENVIRONMENT)
        && !values.containsKey(ENVIRONMENT)
        && !Names.isLost(cluster)) {
      complaints.add(new ConfigProblem.EnvironmentMissing(template.spot(), cluster));
      return false;
    }
    return true;
  }
}
