// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.azure.arm;

import dev.latchkey.core.port.Locks;
import dev.latchkey.core.resource.Lock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// Management locks through ARM.
public final class ArmLocks implements Locks {
  private static final String VERSION = "2020-05-01";
  private static final String TYPE = "/providers/Microsoft.Authorization/locks";

  private final Arm arm;

  /// The locks that this ARM holds.
  public ArmLocks(Arm arm) {
    this.arm = arm;
  }

  @Override
  public List<Lock> readOnly(String subscription) {
    String what = "Listing the locks of the subscription `" + subscription + "`";
    return arm.list(what, "/subscriptions/" + subscription + TYPE, VERSION, ArmLocks::lock).stream()
        .flatMap(Optional::stream)
        .toList();
  }

  private static Optional<Lock> lock(JsonNode tree) {
    String id = tree.path("id").asString("");
    int end = id.toLowerCase(Locale.ROOT).lastIndexOf(TYPE.toLowerCase(Locale.ROOT) + "/");
    boolean readOnly = tree.at("/properties/level").asString("").equalsIgnoreCase("ReadOnly");
    return readOnly && end > 0 ? Optional.of(new Lock(id, id.substring(0, end))) : Optional.empty();
  }
}
