// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.contract;

import dev.latchkey.sandbox.secret.Secrets.Place;
import dev.latchkey.sandbox.vault.Vault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// The caller's right to the secrets of a vault, which it has unless an answer refuses it, and the
/// secrets that an answer shows were there.
final class SecretPremises implements Inference {
  /// Key Vault Administrator.
  private static final String ADMINISTRATOR = "00482a5a-887f-4fb3-b363-3b7fe8e74483";

  private final Scene scene;
  private final RecordedSecrets secrets;

  SecretPremises(Scene scene) {
    this.scene = scene;
    this.secrets = new RecordedSecrets(scene);
  }

  @Override
  public void before(Step step) {
    if (step.exchange().addressee() instanceof Addressee.Vault(String name)) {
      if (!isRefused()) {
        scene.cloud().azure().vaults().find(name).ifPresent(this::allow);
      }
      state(step, name);
    }
  }

  private boolean isRefused() {
    return scene.recording().exchanges().stream()
        .map(one -> one.body().at("/error/innererror/code").asString(""))
        .anyMatch(code -> code.equals("ForbiddenByRbac"));
  }

  private void allow(Vault vault) {
    boolean allowed =
        scene
            .cloud()
            .azure()
            .store()
            .below(vault.id(), "Microsoft.Authorization/roleAssignments")
            .stream()
            .findAny()
            .isPresent();
    if (!allowed) {
      Object _ = scene.cloud().azure().assign(scene.callerId(), ADMINISTRATOR, vault.id());
    }
  }

  private void state(Step step, String vault) {
    List<String> words =
        Stream.of(step.path().split("/", -1)).filter(word -> !word.isEmpty()).toList();
    Exchange exchange = step.exchange();
    if (words.isEmpty()) {
      return;
    }
    switch (words.getFirst()) {
      case "secrets" -> live(step, vault, words);
      case "deletedsecrets" -> inBin(step, vault, words);
      default -> {
        // keys and certificates are not simulated
      }
    }
    if (exchange.code().equals("Conflict") && words.size() > 1) {
      conflict(exchange, vault, words.get(1));
    }
  }

  private void live(Step step, String vault, List<String> words) {
    Exchange exchange = step.exchange();
    if (words.size() == 1 || words.get(1).equals("restore")) {
      if (exchange.succeeded() && words.size() == 1) {
        exchange.body().path("value").forEach(one -> readable(vault, secrets.name(one)));
      }
      return;
    }
    String name = words.get(1);
    if (exchange.succeeded() && exchange.method().equals("PUT")) {
      secrets.older(vault, name);
      return;
    }
    boolean wasThere = exchange.succeeded();
    if (wasThere || inner(exchange).equals("SecretDisabled")) {
      readable(vault, name);
    }
    if (exchange.status() == 404 && words.size() == 2) {
      gone(vault, name);
    }
  }

  private static String inner(Exchange exchange) {
    return exchange.body().at("/error/innererror/code").asString("");
  }

  /// It is in the vault, and everybody sees it.
  private void readable(String vault, String name) {
    var ours = scene.cloud().secrets();
    if (ours.place(vault, name).isEmpty()) {
      secrets.appear(vault, name);
    }
    ours.settled(vault, name).ifPresent(scene::elapseUntil);
  }

  /// What was never seen to leave was never there; what is on its way is not yet seen.
  private void gone(String vault, String name) {
    var ours = scene.cloud().secrets();
    boolean seen =
        ours.place(vault, name).filter(place -> place == Place.VAULT).isPresent()
            && ours.settled(vault, name).filter(when -> !scene.now().isBefore(when)).isPresent();
    if (seen) {
      ours.forget(vault, name);
    }
  }

  private void inBin(Step step, String vault, List<String> words) {
    Exchange exchange = step.exchange();
    if (words.size() == 1) {
      for (JsonNode one : exchange.body().path("value")) {
        binned(vault, secrets.name(one));
      }
      return;
    }
    String name = words.get(1);
    if (exchange.succeeded()) {
      binned(vault, name);
    } else if (exchange.code().equals("MethodNotAllowed")) {
      readable(vault, name);
    }
  }

  /// It lies in the bin, and everybody sees it there.
  private void binned(String vault, String name) {
    var ours = scene.cloud().secrets();
    if (ours.place(vault, name).isEmpty()) {
      secrets.appear(vault, name);
    }
    if (ours.place(vault, name).filter(place -> place == Place.VAULT).isPresent()) {
      ours.bin(vault, name, scene.now().plus(Duration.ofDays(7)));
    }
    ours.settled(vault, name).ifPresent(scene::elapseUntil);
  }

  private void conflict(Exchange exchange, String vault, String name) {
    Optional<Place> place = scene.cloud().secrets().place(vault, name);
    switch (inner(exchange)) {
      case "ObjectIsDeletedButRecoverable" -> binned(vault, name);
      case "ObjectIsBeingDeleted", "ObjectIsBeingRecovered" -> {
        // the lag of a deletion or recovery that this recording shows
      }
      default -> {
        if (place.isEmpty()) {
          secrets.appear(vault, name);
        }
      }
    }
  }
}
