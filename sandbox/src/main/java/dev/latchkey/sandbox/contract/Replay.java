// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.contract;

import dev.latchkey.sandbox.cloud.Cloud;
import dev.latchkey.sandbox.message.Answer;
import dev.latchkey.sandbox.message.Ask;
import dev.latchkey.sandbox.message.Service;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// Plays the requests of one recording in a world made for it.
final class Replay {
  private final Scene scene;
  private final List<Inference> inferences;

  Replay(Scene scene) {
    this.scene = scene;
    // what an area knows of a resource comes before what all resources have in common
    this.inferences =
        List.of(
            new PlacePremises(scene),
            new GatewayPremises(scene),
            new AuthorizationPremises(scene),
            new RightPremises(scene),
            new VetoPremises(scene),
            new IdentityPremises(scene),
            new VaultPremises(scene),
            new SecretPremises(scene),
            new EntraPremises(scene),
            new IssuerPremises(scene),
            new ClusterPremises(scene),
            new ResourcePremises(scene),
            new TokenPremises(scene));
  }

  /// What each exchange has otherwise than recorded.
  List<List<Difference>> differences() {
    var comparison = new Comparison(scene.recording(), scene.bindings());
    var all = new ArrayList<List<Difference>>();
    for (Step step : scene.steps()) {
      all.add(differences(step, comparison));
    }
    return all;
  }

  /// A recording of a form that nobody thought of must not end the replay of the others.
  private List<Difference> differences(Step step, Comparison comparison) {
    try {
      inferences.forEach(inference -> inference.before(step));
      Answer answer = service(step).answer(asked(step));
      inferences.forEach(inference -> inference.after(step));
      return comparison.of(step.exchange(), answer);
    } catch (RuntimeException e) {
      return List.of(Difference.of("/", "the sandbox failed: " + e));
    }
  }

  private Ask asked(Step step) {
    Ask ask = ask(step);
    for (Inference inference : inferences) {
      ask = inference.sent(step, ask);
    }
    scene.bindings().known(ask.path() + " " + ask.query() + " " + ask.text());
    return ask;
  }

  private Service service(Step step) {
    Cloud cloud = scene.cloud();
    return switch (step.exchange().addressee()) {
      case Addressee.Arm() -> cloud.azure().arm();
      case Addressee.Entra() -> cloud.entra();
      case Addressee.Vault _ -> cloud.keyVault();
      case Addressee.Issuer() -> cloud.issuers();
      case Addressee.Other _ -> _ -> Answer.empty(404);
    };
  }

  private static Ask ask(Step step) {
    Exchange exchange = step.exchange();
    Url url = step.url();
    JsonNode sent = step.sent();
    String body = sent.isMissingNode() ? "" : sent.isString() ? sent.asString() : sent.toString();
    Map<String, List<String>> headers = new HashMap<>();
    exchange.sentHeaders().forEach((name, value) -> headers.put(name, List.of(value)));
    return new Ask(
        exchange.addressee().origin(),
        exchange.method(),
        url.path(),
        url.query(),
        headers,
        body.getBytes(StandardCharsets.UTF_8),
        Optional.empty());
  }
}
