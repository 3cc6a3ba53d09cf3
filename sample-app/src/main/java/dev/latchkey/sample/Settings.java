// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sample;

import com.azure.json.JsonProviders;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the environment says: where to serve, what to read, and as whom.
///
/// The identity may be incomplete: a pod that the webhook did not mutate lacks it, which is a
/// refusal to report, not a reason to end.
record Settings(int port, URI vault, List<WantedSecret> secrets, Identity identity) {
  private static final int DEFAULT_PORT = 8080;

  Settings {
    secrets = List.copyOf(secrets);
  }

  /// The four values that the workload identity webhook injects; blank where it did not.
  record Identity(String clientId, String tenantId, String tokenFile, String authority) {}

  /// Reads the variables `PORT`, `KEY_VAULT_URI`, `SECRETS` and `AZURE_…`.
  ///
  /// @throws IllegalArgumentException with a sentence that names the variable
  static Settings from(Map<String, String> environment) {
    return new Settings(
        port(environment.get("PORT")),
        vault(environment.getOrDefault("KEY_VAULT_URI", "")),
        secrets(environment.getOrDefault("SECRETS", "")),
        new Identity(
            environment.getOrDefault("AZURE_CLIENT_ID", ""),
            environment.getOrDefault("AZURE_TENANT_ID", ""),
            environment.getOrDefault("AZURE_FEDERATED_TOKEN_FILE", ""),
            environment.getOrDefault("AZURE_AUTHORITY_HOST", "")));
  }

  private static int port(@Nullable String text) {
    if (text == null || text.isBlank()) {
      return DEFAULT_PORT;
    }
    try {
      int port = Integer.parseInt(text.strip());
      if (port >= 0 && port <= 65_535) {
        return port;
      }
    } catch (NumberFormatException _) {
      // said below
    }
    throw new IllegalArgumentException("PORT is not a port: " + text);
  }

  private static URI vault(String text) {
    try {
      var uri = URI.create(text.strip());
      if ("https".equals(uri.getScheme()) && uri.getHost() != null) {
        return uri;
      }
    } catch (IllegalArgumentException _) {
      // said below
    }
    throw new IllegalArgumentException(
        "KEY_VAULT_URI is not an https address: " + (text.isBlank() ? "it is not set" : text));
  }

  /// Either a JSON array of objects with `name` and perhaps `as`, or `name=AS,name`.
  private static List<WantedSecret> secrets(String text) {
    String stripped = text.strip();
    if (stripped.startsWith("[")) {
      return secretsOfJson(stripped);
    }
    var secrets = new ArrayList<WantedSecret>();
    for (String entry : stripped.split("[,\\s]+", -1)) {
      if (!entry.isEmpty()) {
        int equals = entry.indexOf('=');
        secrets.add(
            equals < 0
                ? new WantedSecret(entry, entry)
                : new WantedSecret(entry.substring(0, equals), entry.substring(equals + 1)));
      }
    }
    return secrets;
  }

  private static List<WantedSecret> secretsOfJson(String text) {
    try (var reader = JsonProviders.createReader(text)) {
      List<Map<String, String>> entries =
          reader.readArray(entry -> entry.readMap(value -> value.getString()));
      return entries.stream().map(Settings::secretOfJson).toList();
    } catch (IOException | IllegalStateException cause) {
      throw new IllegalArgumentException(
          "SECRETS is not a JSON array of {\"name\", \"as\"}: " + text, cause);
    }
  }

  private static WantedSecret secretOfJson(Map<String, String> entry) {
    String name = entry.getOrDefault("name", "");
    return new WantedSecret(name, entry.getOrDefault("as", name));
  }
}
