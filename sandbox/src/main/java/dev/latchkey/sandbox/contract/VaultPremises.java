// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.contract;

import dev.latchkey.sandbox.arm.Operation;
import dev.latchkey.sandbox.arm.Stored;
import dev.latchkey.sandbox.vault.Vault;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The vaults behind the hosts that are asked for secrets, deleted vaults, and names that somebody
/// else has taken.
record VaultPremises(Scene scene) implements Inference {
  private static final String SUBSCRIPTION = "00000000-0000-0000-0000-000000000000";
  private static final String ELSEWHERE = "00000000-0000-0000-0000-00000000000f";
  private static final String GROUP = "recorded-vaults";
  private static final String DELETED = "Microsoft.KeyVault/deletedVaults";
  private static final Pattern ID =
      Pattern.compile(
          "'/subscriptions/([^/]+)/resourcegroups/([^/]+)/providers/microsoft.keyvault/");
  private static final Pattern LOCATION = Pattern.compile(";location=(\\w+)");

  @Override
  public void before(Step step) {
    switch (step.exchange().addressee()) {
      case Addressee.Vault(String name) -> dataPlane(step, name);
      case Addressee.Arm() -> controlPlane(step);
      case Addressee.Entra(), Addressee.Issuer(), Addressee.Other _ -> {
        // these know no vaults
      }
    }
  }

  private void dataPlane(Step step, String name) {
    if (scene.cloud().azure().vaults().find(name).isEmpty()) {
      appear(name);
    }
    guard(step, name);
  }

  private void appear(String name) {
    var azure = scene.cloud().azure();
    String subscription = said(ID, 1).orElse(SUBSCRIPTION);
    String group = said(ID, 2).orElse(GROUP);
    if (azure
        .store()
        .find("/subscriptions/" + subscription + "/resourceGroups/" + group)
        .isEmpty()) {
      azure.addSubscription(subscription, "Example Subscription");
      azure.addGroup(subscription, group, region());
    }
    String id = azure.addVault(subscription, group, name, region(), Vault.PermissionModel.ROLES);
    change(id, properties -> recovery(properties));
  }

  private String region() {
    return scene.recording().exchanges().stream()
        .flatMap(one -> one.header("x-ms-keyvault-region").stream())
        .findFirst()
        .or(() -> said(LOCATION, 1))
        .orElse("westeurope");
  }

  private Optional<String> said(Pattern pattern, int group) {
    return scene.recording().exchanges().stream()
        .map(one -> pattern.matcher(one.message()))
        .filter(Matcher::find)
        .map(found -> found.group(group))
        .findFirst();
  }

  /// How deletions end shows in the attributes of any secret.
  private void recovery(ObjectNode properties) {
    JsonNode attributes = attributes();
    String level = attributes.path("recoveryLevel").asString("Recoverable+Purgeable");
    properties.put("enableSoftDelete", !level.equals("Purgeable"));
    if (!level.endsWith("Purgeable")) {
      properties.put("enablePurgeProtection", true);
    }
    int days = attributes.path("recoverableDays").asInt(level.startsWith("Customized") ? 7 : 90);
    properties.put("softDeleteRetentionInDays", days == 0 ? 90 : days);
  }

  private JsonNode attributes() {
    return scene.recording().exchanges().stream()
        .map(Exchange::body)
        .flatMap(body -> Stream.concat(Stream.of(body), body.path("value").valueStream()))
        .map(body -> body.path("attributes"))
        .filter(attributes -> attributes.has("recoveryLevel"))
        .findFirst()
        .orElseGet(() -> scene.recording().exchanges().getFirst().body().path("attributes"));
  }

  /// Only a refusal tells how a vault guards its secrets.
  private void guard(Step step, String name) {
    String inner = step.exchange().body().at("/error/innererror/code").asString("");
    String id = scene.cloud().azure().vaults().find(name).map(Vault::id).orElse("");
    change(
        id,
        properties -> {
          properties.put("enableRbacAuthorization", !inner.equals("AccessDenied"));
          properties.put(
              "publicNetworkAccess",
              inner.equals("ForbiddenByConnection") ? "Disabled" : "Enabled");
          properties.remove("networkAcls");
          if (inner.equals("ForbiddenByFirewall")) {
            properties.putObject("networkAcls").put("defaultAction", "Deny");
          }
          if (inner.equals("ForbiddenByPolicy")) {
            properties.put("enablePurgeProtection", true);
          }
        });
  }

  private interface Change {
    void to(ObjectNode properties);
  }

  private void change(String id, Change change) {
    Optional<Stored> vault = scene.store().find(id);
    vault.ifPresent(
        stored -> {
          ObjectNode tree = stored.tree().deepCopy();
          change.to((ObjectNode) tree.path("properties"));
          scene.store().put(stored.with(tree));
        });
  }

  private void controlPlane(Step step) {
    String path = step.path().toLowerCase(Locale.ROOT);
    if (path.endsWith("/providers/microsoft.keyvault/checknameavailability")) {
      taken(step);
    } else if (path.contains("/deletedvaults")) {
      deleted(step);
    } else if (path.contains("/microsoft.keyvault/") && path.contains("/operationresults/")) {
      ended(step);
    } else if (step.exchange().code().equals("ConflictError")) {
      inBin(step);
    } else if (step.exchange().code().equals("VaultAlreadyExists")) {
      elsewhere(ArmPath.name(step.path()));
    }
  }

  private void taken(Step step) {
    JsonNode available = step.exchange().body().path("nameAvailable");
    if (available.isBoolean() && !available.asBoolean()) {
      elsewhere(step.sent().path("name").asString(""));
    }
  }

  /// Names are unique in all of Azure: somebody else has a vault of this one.
  private void elsewhere(String name) {
    var azure = scene.cloud().azure();
    if (azure.vaults().find(name).isEmpty()) {
      azure.addSubscription(ELSEWHERE, "Somebody Else");
      azure.addGroup(ELSEWHERE, GROUP, region());
      Object _ = azure.addVault(ELSEWHERE, GROUP, name, region(), Vault.PermissionModel.ROLES);
    }
  }

  private void deleted(Step step) {
    Exchange exchange = step.exchange();
    if (exchange.succeeded() && exchange.method().equals("GET")) {
      JsonNode body = exchange.body();
      body.path("value").forEach(one -> deleted(step, one));
      deleted(step, body);
    } else if (exchange.succeeded() && exchange.method().equals("POST")) {
      String id = step.path().replaceFirst("(?i)/purge$", "");
      deleted(step, Scene.unknown(id, DELETED));
    }
  }

  /// Clean-up may have moved its dates into the past, where it would be gone.
  private void deleted(Step step, JsonNode body) {
    String id = body.path("id").asString("");
    if (id.isEmpty() || scene.store().find(id).isPresent()) {
      return;
    }
    ObjectNode tree =
        body.deepCopy().isObject() ? (ObjectNode) body.deepCopy() : Scene.unknown(id, DELETED);
    ObjectNode properties = (ObjectNode) tree.path("properties");
    String purge = scene.now().plus(Duration.ofDays(90)).toString();
    properties.put("scheduledPurgeDate", purge.substring(0, 19) + "Z");
    was(step, properties.path("vaultId").asString("")).ifPresent(vault -> tree.set("vault", vault));
    scene.there(id, DELETED, tree);
  }

  /// The vault before its deletion, as it shows when it comes back.
  private static Optional<JsonNode> was(Step step, String vaultId) {
    return step.later().stream()
        .map(Exchange::body)
        .filter(body -> body.path("id").asString("").equalsIgnoreCase(vaultId))
        .filter(body -> body.has("properties"))
        .findFirst();
  }

  private void inBin(Step step) {
    String name = ArmPath.name(step.path());
    String location = step.sent().path("location").asString("westeurope");
    String id =
        "%s/providers/Microsoft.KeyVault/locations/%s/deletedVaults/%s"
            .formatted(ArmPath.subscription(step.path()).orElse(""), location, name);
    deleted(step, Scene.unknown(id, DELETED));
  }

  /// An operation that is seen ended has had its time.
  private void ended(Step step) {
    if (step.exchange().status() == 200) {
      Optional<Instant> done =
          scene.store().find(step.path()).flatMap(Stored::operation).map(Operation::doneAt);
      done.ifPresent(scene::elapseUntil);
    }
  }
}
