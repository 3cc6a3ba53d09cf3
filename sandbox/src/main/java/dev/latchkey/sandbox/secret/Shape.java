// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.secret;

import dev.latchkey.sandbox.message.Addresses;
import dev.latchkey.sandbox.secret.KnownVaults.Rules;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// How secrets look in answers; members in the recorded order.
///
/// @param apiVersion decides whether `recoverableDays` is told
record Shape(Addresses addresses, Rules vault, String apiVersion) {
  private static final Set<String> WITHOUT_DAYS = Set.of("2016-10-01", "7.0");
  private static final int MOST_DAYS = 90;

  ObjectNode withValue(Secret secret, Secret.Version version) {
    ObjectNode body = JsonMapper.shared().createObjectNode();
    version.value().use(value -> body.put("value", value));
    return described(body, id(secret) + "/" + version.id(), version);
  }

  ObjectNode ofVersion(Secret secret, Secret.Version version) {
    return described(
        JsonMapper.shared().createObjectNode(), id(secret) + "/" + version.id(), version);
  }

  ObjectNode listed(Secret secret) {
    return described(JsonMapper.shared().createObjectNode(), id(secret), secret.latest());
  }

  ObjectNode deleted(Secret secret) {
    ObjectNode body = inBin(secret);
    return described(body, id(secret) + "/" + secret.latest().id(), secret.latest());
  }

  ObjectNode deletedListed(Secret secret) {
    return described(inBin(secret), id(secret), secret.latest());
  }

  private ObjectNode inBin(Secret secret) {
    ObjectNode body = JsonMapper.shared().createObjectNode();
    secret
        .deletion()
        .ifPresent(
            bin ->
                body.put("recoveryId", base() + "/deletedsecrets/" + secret.name())
                    .put("deletedDate", bin.at().getEpochSecond())
                    .put("scheduledPurgeDate", bin.purge().getEpochSecond()));
    return body;
  }

  private ObjectNode described(ObjectNode body, String id, Secret.Version version) {
    version.contentType().ifPresent(type -> body.put("contentType", type));
    body.put("id", id);
    ObjectNode attributes = body.putObject("attributes");
    attributes.put("enabled", version.enabled());
    version.notBefore().ifPresent(time -> attributes.put("nbf", time));
    version.expires().ifPresent(time -> attributes.put("exp", time));
    attributes.put("created", version.created().getEpochSecond());
    attributes.put("updated", version.updated().getEpochSecond());
    attributes.put("recoveryLevel", recoveryLevel());
    if (!WITHOUT_DAYS.contains(apiVersion)) {
      attributes.put("recoverableDays", recoverableDays());
    }
    if (!version.tags().isEmpty()) {
      ObjectNode tags = body.putObject("tags");
      version.tags().forEach(tags::put);
    }
    return body;
  }

  private String recoveryLevel() {
    String level = vault.retentionDays() < MOST_DAYS ? "CustomizedRecoverable" : "Recoverable";
    return switch (vault.deletion()) {
      case FINAL -> "Purgeable";
      case RECOVERABLE -> level + "+Purgeable";
      case PROTECTED -> level;
    };
  }

  private int recoverableDays() {
    return switch (vault.deletion()) {
      case FINAL -> 0;
      case RECOVERABLE, PROTECTED -> vault.retentionDays();
    };
  }

  private String id(Secret secret) {
    return base() + "/secrets/" + secret.name();
  }

  String base() {
    return addresses.vault(vault.name());
  }
}
