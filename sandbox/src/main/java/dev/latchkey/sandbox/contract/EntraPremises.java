// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.contract;

import dev.latchkey.sandbox.access.Principal;
import dev.latchkey.sandbox.entra.Application;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The app registrations that ask for tokens.
record EntraPremises(Scene scene) implements Inference {
  @Override
  public void before(Step step) {
    if (step.exchange().addressee() instanceof Addressee.Entra) {
      String form = step.sent().asString("");
      value(form, "client_id").ifPresent(client -> application(client, step));
    }
  }

  /// It exists, and what it sent as its secret is its secret, unless the answer says otherwise.
  private void application(String clientId, Step step) {
    if (scene.cloud().applications().find(clientId).isPresent()) {
      return;
    }
    List<String> secrets =
        step.exchange().succeeded()
            ? value(step.sent().asString(""), "client_secret").stream().toList()
            : List.of();
    scene
        .cloud()
        .applications()
        .add(new Application(clientId, scene.callerId(), "recorder", secrets, List.of()));
    scene
        .cloud()
        .directory()
        .add(
            new Principal(
                scene.callerId(),
                clientId,
                scene.tenantId(),
                "recorder",
                Optional.empty(),
                Instant.EPOCH));
  }

  private static Optional<String> value(String form, String name) {
    return Url.of("?" + form).query().getOrDefault(name, List.of()).stream().findFirst();
  }
}
