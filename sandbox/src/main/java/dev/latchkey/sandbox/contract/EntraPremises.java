// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.contract;

import dev.latchkey.sandbox.access.Principal;
import dev.latchkey.sandbox.entra.Application;
import dev.latchkey.sandbox.entra.Application.ClientSecret;
import dev.latchkey.sandbox.entra.Trusts.Trust;
import dev.latchkey.sandbox.message.Ask;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// Who asks Entra ID for tokens, what proves it, and what tokens can be asked for.
final class EntraPremises implements Inference {
  /// Nothing is known to Entra ID under the client's id, or not in this tenant.
  private static final Set<Integer> CLIENT_UNKNOWN = Set.of(700016, 90002, 900023);

  private static final int WRONG_SECRET = 7000215;
  private static final int EXPIRED_SECRET = 7000222;
  private static final int RESOURCE_UNKNOWN = 500011;

  /// Tokens of applications last an hour or a little more, those of managed identities a day.
  private static final int LONGEST_OF_APPLICATIONS = 7200;

  /// A client id that clean-up has put into quotation marks of its own.
  private static final Pattern QUOTED_CLIENT = Pattern.compile("added to app '('[^']*')'");

  private final Scene scene;
  private final RecordedAssertion assertion;

  EntraPremises(Scene scene) {
    this.scene = scene;
    this.assertion = new RecordedAssertion(scene);
  }

  @Override
  public void before(Step step) {
    if (!(step.exchange().addressee() instanceof Addressee.Entra)) {
      return;
    }
    JsonNode region = step.exchange().body().path("tenant_region_scope");
    region.asStringOpt().ifPresent(scene.cloud().entra()::livesIn);
    if (step.exchange().method().equals("POST")) {
      client(step);
      resource(step);
    }
    if (isRedeemed(step)) {
      signIn(step);
    }
  }

  private void client(Step step) {
    Optional<String> id = clientId(step);
    if (id.isEmpty() || CLIENT_UNKNOWN.contains(number(step))) {
      return;
    }
    List<Trust> trusts = assertion.trusts(step);
    scene
        .cloud()
        .applications()
        .add(
            new Application(
                id.get(), scene.callerId(), "recorder", secrets(step), List.of(), trusts));
    scene
        .cloud()
        .directory()
        .add(
            new Principal(
                scene.callerId(),
                id.get(),
                scene.tenantId(),
                "recorder",
                managedIdentity(step),
                Instant.EPOCH));
  }

  private static Optional<String> clientId(Step step) {
    Matcher quoted = QUOTED_CLIENT.matcher(description(step));
    return quoted.find() ? Optional.of(quoted.group(1)) : value(step, "client_id");
  }

  /// What it sent as its secret is its secret, unless the answer says otherwise.
  private List<ClientSecret> secrets(Step step) {
    Optional<String> sent = value(step, "client_secret");
    if (sent.isEmpty() || number(step) == WRONG_SECRET) {
      return List.of();
    }
    Instant until = number(step) == EXPIRED_SECRET ? scene.now() : Instant.MAX;
    return List.of(new ClientSecret(sent.get(), until));
  }

  private static Optional<String> managedIdentity(Step step) {
    boolean managed = step.exchange().body().path("expires_in").asInt(0) > LONGEST_OF_APPLICATIONS;
    return managed
        ? Optional.of("/subscriptions/s/resourceGroups/g/userAssignedIdentities/recorder")
        : Optional.empty();
  }

  private void resource(Step step) {
    if (number(step) == RESOURCE_UNKNOWN) {
      return;
    }
    value(step, "resource").ifPresent(scene.cloud().entra()::addResource);
    for (String word : value(step, "scope").orElse("").split(" ", -1)) {
      if (word.contains("/")) {
        scene.cloud().entra().addResource(word.substring(0, word.lastIndexOf('/')));
      }
    }
  }

  /// A user has signed in at another device.
  private static boolean isRedeemed(Step step) {
    return value(step, "device_code").isPresent() && step.exchange().succeeded();
  }

  private void signIn(Step step) {
    JsonNode body = step.exchange().body();
    var user =
        new Principal(
            scene.callerId(),
            "",
            scene.tenantId(),
            "user@example.com",
            Optional.empty(),
            Instant.EPOCH);
    Duration life = Duration.ofSeconds(body.path("expires_in").asInt(3600) + 1L);
    scene.cloud().entra().deviceCodes().signIn(user, body.path("scope").asString(""), life);
  }

  @Override
  public Ask sent(Step step, Ask ask) {
    if (!(step.exchange().addressee() instanceof Addressee.Entra)) {
      return ask;
    }
    String form = ask.text();
    if (value(step, "client_assertion").isPresent()) {
      form = with(form, "client_assertion", assertion.text(step, clientId(step).orElse("")));
    }
    if (value(step, "device_code").isPresent()) {
      String code = scene.cloud().entra().deviceCodes().unfinished().orElse("none");
      form = with(form, "device_code", code);
    }
    return withBody(ask, with(form, "client_id", clientId(step).orElse("")));
  }

  private static String with(String form, String name, String value) {
    var pairs = new ArrayList<String>();
    for (String pair : form.split("&", -1)) {
      boolean same = pair.startsWith(name + "=");
      pairs.add(same ? name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8) : pair);
    }
    return String.join("&", pairs);
  }

  private static Ask withBody(Ask ask, String body) {
    return new Ask(
        ask.origin(),
        ask.method(),
        ask.path(),
        ask.query(),
        ask.headers(),
        body.getBytes(StandardCharsets.UTF_8),
        ask.clientCertificate());
  }

  /// A parameter of the recorded request.
  static Optional<String> value(Step step, String name) {
    JsonNode sent = step.exchange().sent();
    String form = sent.isString() ? sent.asString() : "";
    return Url.of("?" + form).query().getOrDefault(name, List.of()).stream().findFirst();
  }

  static int number(Step step) {
    return step.exchange().body().path("error_codes").path(0).asInt(0);
  }

  static String description(Step step) {
    return step.exchange().body().path("error_description").asString("");
  }
}
