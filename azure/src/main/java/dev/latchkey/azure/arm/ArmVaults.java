// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.azure.arm;

import dev.latchkey.core.port.Vaults;
import dev.latchkey.core.resource.ManagedIdentity;
import dev.latchkey.core.resource.PrincipalId;
import dev.latchkey.core.resource.ResourceId;
import dev.latchkey.core.resource.SecretName;
import dev.latchkey.core.resource.TenantId;
import dev.latchkey.core.resource.Vault;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Key Vaults through ARM, which shows the names of their secrets and never a value.
public final class ArmVaults implements Vaults {
  private static final String VERSION = "2026-02-01";

  private final Arm arm;

  /// The vaults that this ARM holds.
  public ArmVaults(Arm arm) {
    this.arm = arm;
  }

  @Override
  public Optional<Vault> find(ResourceId id) {
    return arm.find("Reading the vault `" + id.name() + "`", id.text(), VERSION)
        .map(reply -> vault(id, reply.json()));
  }

  @Override
  public List<SecretName> missing(ResourceId vault, List<SecretName> secrets) {
    return secrets.stream()
        .filter(
            secret ->
                arm.find(
                        "Looking for the secret `%s` of the vault `%s`"
                            .formatted(secret, vault.name()),
                        vault.child("secrets", secret.value()).text(),
                        VERSION)
                    .isEmpty())
        .toList();
  }

  @Override
  public void allowGetOfSecrets(ResourceId vault, ManagedIdentity identity) {
    ObjectNode body = JsonMapper.shared().createObjectNode();
    ObjectNode policy = body.putObject("properties").putArray("accessPolicies").addObject();
    policy.put("tenantId", identity.tenant().value());
    policy.put("objectId", identity.principal().value());
    policy.putObject("permissions").putArray("secrets").add("get");
    String what =
        "Adding an access policy for `%s` to the vault `%s`"
            .formatted(identity.id().name(), vault.name());
    arm.put(what, vault.text() + "/accessPolicies/add", VERSION, body, Map.of()).expectSuccess();
  }

  private static Vault vault(ResourceId id, JsonNode tree) {
    JsonNode properties = tree.path("properties");
    String uri = properties.path("vaultUri").asString("");
    List<PrincipalId> readers = new ArrayList<>();
    for (JsonNode policy : properties.path("accessPolicies")) {
      if (allowsGet(policy.at("/permissions/secrets"))) {
        readers.add(new PrincipalId(policy.path("objectId").asString("")));
      }
    }
    return new Vault(
        tree.path("id").asStringOpt().map(ResourceId::new).orElse(id),
        uri.endsWith("/") ? uri : uri + "/", // a vault that is being made has none yet
        new TenantId(properties.path("tenantId").asString("")),
        properties.path("enableRbacAuthorization").asBoolean(false)
            ? Vault.Model.ROLES
            : Vault.Model.POLICIES,
        readers);
  }

  /// Azure keeps the capitals of whoever wrote the policy.
  private static boolean allowsGet(JsonNode permissions) {
    for (JsonNode permission : permissions) {
      String word = permission.asString("");
      if (word.equalsIgnoreCase("get") || word.equalsIgnoreCase("all")) {
        return true;
      }
    }
    return false;
  }
}
