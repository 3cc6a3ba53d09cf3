// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.config;

import dev.latchkey.core.fleet.Management;
import dev.latchkey.core.fleet.Management.Duty;
import java.util.List;

/// Reads the section `manage`.
final class ManagementReader {
  private static final String REQUIRE = "require";

  private ManagementReader() {}

  static Management read(Section manage) {
    return new Management(
        duty(manage, "cluster", "enable"),
        duty(manage, "identity", "create"),
        duty(manage, "credential", "create"),
        duty(manage, "access", "grant"));
  }

  private static Duty duty(Section manage, String key, String make) {
    return manage.word(key, List.of(make, REQUIRE)).orElse(make).equals(REQUIRE)
        ? Duty.REQUIRE
        : Duty.MAKE;
  }
}
