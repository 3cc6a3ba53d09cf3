// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.contract;

import java.util.ArrayList;
import java.util.List;

/// What an exchange asks for, without the names in it: `PUT Microsoft.KeyVault/vaults`, `POST
/// entra/{tenant}/oauth2/v2.0/token`, `GET vault/secrets/{name}`.
public final class OperationName {
  private OperationName() {}

  static String of(Exchange exchange) {
    return exchange.method() + " " + what(exchange);
  }

  /// The name of what a line of the request log asks for, so that it can be compared.
  ///
  /// @param service as the log names it: `arm`, `entra`, `keyvault`, `issuer`, `graph`
  public static String of(String service, String method, String path) {
    String what =
        switch (service) {
          case "arm" -> ArmPath.type(path);
          case "entra" -> "entra" + withoutFirst(path);
          case "keyvault" -> "vault" + withoutNames(path);
          case "issuer" -> issuer(path);
          default -> service + path.replaceFirst("^/" + service, "");
        };
    return method + " " + what;
  }

  private static String issuer(String path) {
    return "issuer" + path.replaceFirst("^/[^/]+/[^/]+", "/…");
  }

  private static String what(Exchange exchange) {
    return switch (exchange.addressee()) {
      case Addressee.Arm() -> exchange.type();
      case Addressee.Entra() -> "entra" + withoutFirst(exchange.path());
      case Addressee.Vault _ -> "vault" + withoutNames(exchange.path());
      case Addressee.Issuer() -> issuer(exchange.path());
      case Addressee.Other(String host) -> host.isEmpty() ? exchange.url().text() : host;
    };
  }

  private static String withoutFirst(String path) {
    return path.startsWith("/common/") ? path : path.replaceFirst("^/[^/]+", "/{tenant}");
  }

  private static String withoutNames(String path) {
    List<String> words = new ArrayList<>(List.of(path.replaceFirst("/$", "").split("/", -1)));
    if (words.size() > 2 && !words.get(2).equals("restore")) {
      words.set(2, "{name}");
    }
    if (words.size() > 3 && words.get(3).matches("[0-9a-f]{32}")) {
      words.set(3, "{version}");
    }
    return String.join("/", words);
  }
}
