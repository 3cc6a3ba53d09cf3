// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.contract;

import dev.latchkey.sandbox.access.Role;
import dev.latchkey.sandbox.access.Roles;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What the caller may do: everything, but for one exchange not what its answer refuses, or just
/// what its answer says.
final class RightPremises implements Inference {
  private static final String OWNER = "8e3af657-a8ff-443c-a75c-2fe8c4bcb635";
  private static final String PERMISSIONS = "Microsoft.Authorization/permissions";

  /// The action of an AuthorizationFailed, or those of a LinkedAuthorizationFailed.
  private static final Pattern LACKING =
      Pattern.compile(
          "not have (?:authorization|permission) to perform (?:the following )?action(?:s|\\(s\\))?"
              + " '([^']+)'");

  private final Scene scene;
  private final List<String> assignments = new ArrayList<>();

  RightPremises(Scene scene) {
    this.scene = scene;
    owner();
  }

  @Override
  public void before(Step step) {
    List<Role.Permission> sets = sets(step.exchange());
    if (!sets.isEmpty()) {
      hold(sets);
    }
  }

  private static List<Role.Permission> sets(Exchange exchange) {
    if (exchange.concerns(PERMISSIONS) && exchange.succeeded()) {
      return exchange.body().path("value").valueStream().map(Roles::permission).toList();
    }
    return lacking(exchange).stream()
        .map(actions -> new Role.Permission(List.of("*"), actions, List.of(), List.of(), ""))
        .toList();
  }

  private static Optional<List<String>> lacking(Exchange exchange) {
    Matcher matcher = LACKING.matcher(exchange.message());
    return exchange.status() == 403 && matcher.find()
        ? Optional.of(Stream.of(matcher.group(1).split("[,;]")).map(String::strip).toList())
        : Optional.empty();
  }

  private void hold(List<Role.Permission> sets) {
    nothing();
    for (int index = 0; index < sets.size(); index++) {
      String guid = new UUID(0x8000, 0x8000_0000_0000_0000L + index).toString();
      var nobody = new Role.History("", Optional.empty(), "", Optional.empty());
      scene
          .cloud()
          .azure()
          .roles()
          .add(
              new Role(
                  guid,
                  guid,
                  "",
                  Role.Kind.BUILT_IN,
                  List.of("/"),
                  List.of(sets.get(index)),
                  nobody));
      assignments.add(scene.cloud().azure().assign(scene.callerId(), guid, "/"));
    }
  }

  @Override
  public void after(Step step) {
    if (!sets(step.exchange()).isEmpty()) {
      nothing();
      owner();
    }
  }

  private void owner() {
    assignments.add(scene.cloud().azure().assign(scene.callerId(), OWNER, "/"));
  }

  private void nothing() {
    assignments.forEach(scene.store()::remove);
    assignments.clear();
  }
}
