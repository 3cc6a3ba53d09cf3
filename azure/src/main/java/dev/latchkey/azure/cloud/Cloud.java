// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.azure.cloud;

import dev.latchkey.core.problem.ProblemException;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// One Azure: where its services answer and what tokens for them are asked with.
///
/// @param resourceManager ARM's address, without a slash at its end
/// @param armScope what a token for ARM is asked with
/// @param authority Entra's address, with a slash at its end
/// @param vaultSuffix what follows a vault's name and a dot, with a port if it has one
/// @param vaultScope what a token for Key Vault is asked with
/// @param kind whether clients know this authority
public record Cloud(
    String name,
    URI resourceManager,
    String armScope,
    URI authority,
    String vaultSuffix,
    String vaultScope,
    Kind kind) {
  /// Whether Microsoft's client libraries know the cloud.
  public enum Kind {
    /// They do.
    KNOWN,
    /// They would ask the public cloud about its authority first, so that question is left out.
    CUSTOM
  }

  /// The public cloud.
  public static final Cloud PUBLIC =
      known(
          "AzurePublic",
          "https://management.azure.com",
          "https://login.microsoftonline.com/",
          "vault.azure.net");

  /// The cloud of the government of the United States.
  public static final Cloud US_GOVERNMENT =
      known(
          "AzureUSGovernment",
          "https://management.usgovcloudapi.net",
          "https://login.microsoftonline.us/",
          "vault.usgovcloudapi.net");

  /// The cloud that 21Vianet runs in China.
  public static final Cloud CHINA =
      known(
          "AzureChina",
          "https://management.chinacloudapi.cn",
          "https://login.chinacloudapi.cn/",
          "vault.azure.cn");

  /// The cloud of this name; the names are compared without capitals.
  public static Optional<Cloud> named(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "azurepublic" -> Optional.of(PUBLIC);
      case "azureusgovernment" -> Optional.of(US_GOVERNMENT);
      case "azurechina" -> Optional.of(CHINA);
      default -> Optional.empty();
    };
  }

  /// Where a cloud that is known by ARM's address alone describes itself.
  public static URI description(URI resourceManager) {
    return URI.create(withoutSlash(resourceManager) + "/metadata/endpoints?api-version=2022-09-01");
  }

  /// A cloud as its `/metadata/endpoints` describes it; read as `az` does.
  ///
  /// @throws ProblemException when what is needed is not in it
  public static Cloud described(URI resourceManager, String json) {
    JsonNode tree;
    try {
      tree = JsonMapper.shared().readTree(json);
    } catch (JacksonException broken) {
      throw new ProblemException(new CloudProblem.NotDescribed(resourceManager, "no JSON"));
    }
    String login =
        needed(resourceManager, tree.at("/authentication/loginEndpoint"), "loginEndpoint");
    String audience = needed(resourceManager, tree.at("/authentication/audiences/0"), "audiences");
    String vaults = needed(resourceManager, tree.at("/suffixes/keyVaultDns"), "keyVaultDns");
    String suffix = vaults.startsWith(".") ? vaults.substring(1) : vaults;
    return new Cloud(
        tree.path("name").asString("custom"),
        URI.create(withoutSlash(resourceManager)),
        audience + "/.default",
        URI.create(login.endsWith("/") ? login : login + "/"),
        suffix,
        "https://" + suffix.replaceFirst(":\\d+$", "") + "/.default",
        Kind.CUSTOM);
  }

  private static String needed(URI resourceManager, JsonNode value, String member) {
    if (!value.isString() || value.asString().isEmpty()) {
      throw new ProblemException(
          new CloudProblem.NotDescribed(resourceManager, "no `" + member + "`"));
    }
    return value.asString();
  }

  private static Cloud known(String name, String arm, String authority, String vaults) {
    return new Cloud(
        name,
        URI.create(arm),
        arm + "/.default",
        URI.create(authority),
        vaults,
        "https://" + vaults + "/.default",
        Kind.KNOWN);
  }

  private static String withoutSlash(URI address) {
    String text = address.toString();
    return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
  }
}
