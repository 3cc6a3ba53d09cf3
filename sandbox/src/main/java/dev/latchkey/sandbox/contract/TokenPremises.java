// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.contract;

import dev.latchkey.sandbox.message.Ask;
import dev.latchkey.sandbox.premise.Operator;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// With which token the recorded request came: a good one, unless the answer says otherwise.
record TokenPremises(Scene scene) implements Inference {
  private static final String ARM = "https://management.azure.com";
  private static final Pattern ISSUER = Pattern.compile("wrong issuer '[^']*/([0-9a-f-]{36})/'");
  private static final String VAULT = "https://vault.azure.net";

  @Override
  public void before(Step step) {
    // the token travels with the request
  }

  @Override
  public Ask sent(Step step, Ask ask) {
    return token(step.exchange()).map(token -> Operator.with(ask, token)).orElse(ask);
  }

  private Optional<String> token(Exchange exchange) {
    return switch (exchange.addressee()) {
      case Addressee.Arm() -> toArm(exchange);
      case Addressee.Vault _ -> exchange.status() == 401 ? toVault(exchange) : good(VAULT);
      case Addressee.Entra(), Addressee.Issuer(), Addressee.Other _ -> Optional.empty();
    };
  }

  private Optional<String> toArm(Exchange exchange) {
    return switch (exchange.code()) {
      case "AuthenticationFailed" -> Optional.empty();
      case "InvalidAuthenticationToken" -> Optional.of("no token");
      case "ExpiredAuthenticationToken" -> Optional.of(expired(ARM));
      case "InvalidAuthenticationTokenAudience" -> good(VAULT);
      case "InvalidAuthenticationTokenTenant" -> Optional.of(ofTenant(exchange));
      default -> good(ARM);
    };
  }

  private Optional<String> toVault(Exchange exchange) {
    String message = exchange.message();
    if (message.contains("audience")) {
      return good(ARM);
    }
    return message.contains("expir") ? Optional.of(expired(VAULT)) : Optional.empty();
  }

  /// The message names the tenant that issued the token.
  private String ofTenant(Exchange exchange) {
    Matcher issuer = ISSUER.matcher(exchange.message());
    String tenant = issuer.find() ? issuer.group(1) : "";
    return scene.token(ARM, tenant, scene.now().plus(Duration.ofHours(1)));
  }

  private Optional<String> good(String audience) {
    return Optional.of(scene.token(audience));
  }

  private String expired(String audience) {
    return scene.token(audience, scene.tenantId(), scene.now().minus(Duration.ofHours(1)));
  }
}
