// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.config;

import java.util.Optional;
import java.util.regex.Pattern;

/// The share of Azure's limits that a run may use, as people write it.
public final class Budget {
  /// What it must look like, in words.
  public static final String FORM = "a budget is a whole percentage from 1% to 100%";

  private static final Pattern PERCENT = Pattern.compile("([1-9]\\d?|100)%");

  private Budget() {}

  /// The share, more than 0 and at most 1; empty when it is not written so.
  public static Optional<Double> of(String written) {
    var percent = PERCENT.matcher(written);
    return percent.matches()
        ? Optional.of(Integer.parseInt(percent.group(1)) / 100.0)
        : Optional.empty();
  }
}
