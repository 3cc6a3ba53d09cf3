// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.azure.arm;

import dev.latchkey.core.port.ManagedIdentities;
import dev.latchkey.core.resource.ClientId;
import dev.latchkey.core.resource.FederatedCredential;
import dev.latchkey.core.resource.Issuer;
import dev.latchkey.core.resource.ManagedIdentity;
import dev.latchkey.core.resource.PrincipalId;
import dev.latchkey.core.resource.ResourceId;
import dev.latchkey.core.resource.Tags;
import dev.latchkey.core.resource.TenantId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// User-assigned managed identities and their federated credentials through ARM.
public final class ArmManagedIdentities implements ManagedIdentities {
  private static final String VERSION = "2024-11-30";
  private static final String TYPE = "/providers/Microsoft.ManagedIdentity/userAssignedIdentities";
  private static final String CREDENTIALS = "/federatedIdentityCredentials";

  private final Arm arm;

  /// The identities that this ARM holds.
  public ArmManagedIdentities(Arm arm) {
    this.arm = arm;
  }

  @Override
  public Optional<ManagedIdentity> find(ResourceId id) {
    return arm.find("Reading the identity `" + id.name() + "`", id.text(), VERSION)
        .map(reply -> identity(id, reply.json()));
  }

  @Override
  public List<ManagedIdentity> list(String subscription) {
    String what = "Listing the identities of the subscription `" + subscription + "`";
    return arm.list(
        what, "/subscriptions/" + subscription + TYPE, VERSION, ArmManagedIdentities::listed);
  }

  @Override
  public List<ManagedIdentity> list(String subscription, String resourceGroup) {
    String what = "Listing the identities of the resource group `" + resourceGroup + "`";
    String group = "/subscriptions/" + subscription + "/resourceGroups/" + resourceGroup;
    return arm.list(what, group + TYPE, VERSION, ArmManagedIdentities::listed);
  }

  @Override
  public ManagedIdentity put(ResourceId id, String location, Tags tags) {
    ObjectNode body = JsonMapper.shared().createObjectNode().put("location", location);
    ObjectNode written = body.putObject("tags");
    tags.values().forEach(written::put);
    String what = "Making the identity `" + id.name() + "`";
    return identity(id, arm.put(what, id.text(), VERSION, body, Map.of()).expectSuccess().json());
  }

  @Override
  public List<FederatedCredential> credentials(ResourceId identity) {
    String what = "Listing the federated credentials of the identity `" + identity.name() + "`";
    return arm.list(what, identity.text() + CREDENTIALS, VERSION, ArmManagedIdentities::credential);
  }

  @Override
  public void put(ResourceId identity, FederatedCredential credential) {
    ObjectNode body = JsonMapper.shared().createObjectNode();
    ObjectNode properties = body.putObject("properties");
    properties.put("issuer", credential.issuer().value()).put("subject", credential.subject());
    properties.putArray("audiences").add(credential.audience());
    String what =
        "Writing the federated credential `%s` of the identity `%s`"
            .formatted(credential.name(), identity.name());
    String path = identity.text() + CREDENTIALS + "/" + credential.name();
    arm.put(what, path, VERSION, body, Map.of()).expectSuccess();
  }

  private static ManagedIdentity identity(ResourceId id, JsonNode tree) {
    return tree.path("id").isString() ? listed(tree) : read(id, tree);
  }

  private static ManagedIdentity listed(JsonNode tree) {
    return read(new ResourceId(tree.path("id").asString("")), tree);
  }

  private static ManagedIdentity read(ResourceId id, JsonNode tree) {
    JsonNode properties = tree.path("properties");
    return new ManagedIdentity(
        id,
        tree.path("location").asString(""),
        new TenantId(properties.path("tenantId").asString("")),
        new PrincipalId(properties.path("principalId").asString("")),
        new ClientId(properties.path("clientId").asString("")),
        ClusterTree.tags(tree));
  }

  private static FederatedCredential credential(JsonNode tree) {
    JsonNode properties = tree.path("properties");
    return new FederatedCredential(
        tree.path("name").asString(""),
        new Issuer(properties.path("issuer").asString("")),
        properties.path("subject").asString(""),
        properties.at("/audiences/0").asString(""));
  }
}
