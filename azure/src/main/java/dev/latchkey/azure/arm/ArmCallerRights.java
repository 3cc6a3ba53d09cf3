// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.azure.arm;

import dev.latchkey.core.port.CallerRights;
import dev.latchkey.core.resource.PermissionSet;
import dev.latchkey.core.resource.PrincipalId;
import dev.latchkey.core.resource.ResourceId;
import java.util.List;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/// The caller's rights through ARM.
public final class ArmCallerRights implements CallerRights {
  private static final String VERSION = "2022-04-01";
  private static final String TYPE = "/providers/Microsoft.Authorization/permissions";

  /// What is not of the form that Azure documents may mean anything.
  private static final PermissionSet ANYTHING = new PermissionSet(List.of("*"), List.of());

  private final Arm arm;
  private final Supplier<PrincipalId> caller;

  /// The rights of the one who asks this ARM.
  public ArmCallerRights(Arm arm, Supplier<PrincipalId> caller) {
    this.arm = arm;
    this.caller = caller;
  }

  @Override
  public Held at(ResourceId scope) {
    String what = "Reading the caller's rights at `" + scope.name() + "`";
    return new Held(
        caller.get(), arm.list(what, scope.text() + TYPE, VERSION, ArmCallerRights::set));
  }

  private static PermissionSet set(JsonNode tree) {
    JsonNode actions = tree.path("actions");
    JsonNode notActions = tree.path("notActions");
    boolean known = isTexts(actions) && (isTexts(notActions) || notActions.isMissingNode());
    return known ? new PermissionSet(texts(actions), texts(notActions)) : ANYTHING;
  }

  private static boolean isTexts(JsonNode list) {
    return list.isArray() && list.valueStream().allMatch(JsonNode::isString);
  }

  private static List<String> texts(JsonNode list) {
    return list.valueStream().map(JsonNode::asString).toList();
  }
}
