// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.vault;

import dev.latchkey.sandbox.arm.Answers;
import dev.latchkey.sandbox.arm.Call;
import dev.latchkey.sandbox.arm.Pages;
import dev.latchkey.sandbox.arm.Refusal;
import dev.latchkey.sandbox.arm.ResourceType;
import dev.latchkey.sandbox.arm.Store;
import dev.latchkey.sandbox.arm.Stored;
import dev.latchkey.sandbox.message.Addresses;
import dev.latchkey.sandbox.message.Answer;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The secrets of a vault as ARM shows them: names and attributes, never a value.
public final class VaultSecrets implements ResourceType {
  private static final String NAME = KeyVaults.NAME + "/secrets";
  private static final String VALID_NAME = "[a-zA-Z0-9-]{1,127}";

  private final Store store;
  private final Supplier<SecretNames> secrets;
  private final Addresses addresses;

  /// The secrets that the data plane keeps.
  public VaultSecrets(Store store, Supplier<SecretNames> secrets, Addresses addresses) {
    this.store = store;
    this.secrets = secrets;
    this.addresses = addresses;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Set<String> apiVersions() {
    return KeyVaults.VERSIONS;
  }

  @Override
  public Home home() {
    return Home.GROUP;
  }

  @Override
  public Answer read(Call call) {
    Stored vault = vault(call);
    return secrets.get().list(vault.name()).stream()
        .filter(secret -> secret.name().equalsIgnoreCase(call.target().name()))
        .findFirst()
        .map(secret -> Answer.json(200, tree(vault, secret)))
        .orElseGet(() -> Answers.notFound(call));
  }

  @Override
  public Answer list(Call call) {
    Stored vault = vault(call);
    List<ObjectNode> all =
        secrets.get().list(vault.name()).stream().map(secret -> tree(vault, secret)).toList();
    return Pages.of(call, addresses, all);
  }

  @Override
  public Answer put(Call call) {
    Stored vault = vault(call);
    JsonNode properties = call.body().path("properties");
    if (!call.target().name().matches(VALID_NAME)) {
      return Refusal.of(
          400, "BadRequest", "The secret name '%s' is invalid.".formatted(call.target().name()));
    }
    if (!properties.path("value").isString()) {
      return Refusal.of(400, "BadRequest", "The property 'properties.value' is required.");
    }
    SecretNames.Secret secret =
        secrets
            .get()
            .set(
                vault.name(),
                call.target().name(),
                properties.path("value").asString(),
                properties.path("contentType").asString(""));
    return Answer.json(200, tree(vault, secret));
  }

  private ObjectNode tree(Stored vault, SecretNames.Secret secret) {
    String uri = addresses.vault(vault.name()) + "/secrets/" + secret.name();
    ObjectNode tree = JsonMapper.shared().createObjectNode();
    tree.put("id", vault.id() + "/secrets/" + secret.name()).put("name", secret.name());
    tree.put("type", NAME);
    tree.set("location", vault.tree().path("location"));
    ObjectNode properties = tree.putObject("properties");
    if (!secret.contentType().isEmpty()) {
      properties.put("contentType", secret.contentType());
    }
    properties
        .putObject("attributes")
        .put("enabled", isEnabled(secret))
        .put("created", secret.created().getEpochSecond())
        .put("updated", secret.updated().getEpochSecond());
    properties.put("secretUri", uri).put("secretUriWithVersion", uri + "/" + secret.version());
    return tree;
  }

  private static boolean isEnabled(SecretNames.Secret secret) {
    return switch (secret.availability()) {
      case ENABLED -> true;
      case DISABLED -> false;
    };
  }

  private Stored vault(Call call) {
    return call.target()
        .parent()
        .flatMap(store::find)
        .orElseThrow(() -> new IllegalStateException("the gateway looked for the parent before"));
  }
}
