// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.secret;

import dev.latchkey.sandbox.message.Addresses;
import dev.latchkey.sandbox.secret.KnownVaults.Rules;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// How secrets look in answers; members in the recorded order.
///
/// @param apiVersion decides whether `recoverableDays` is told
record Shape(Addresses addresses, Rules vault, String apiVersion) {

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
    attributes.put(
        "recoveryLevel",
        vault.retentionDays() < 90 ? "CustomizedRecoverable+Purgeable" : "Recoverable+Purgeable");
    if (!apiVersion.equals("2016-10-01") && !apiVersion.equals("7.0")) {
      attributes.put("recoverableDays", vault.retentionDays());
    }
    if (!version.tags().isEmpty()) {
      ObjectNode tags = body.putObject("tags");
      version.tags().forEach(tags::put);
    }
    return body;
  }

  private String id(Secret secret) {
    return base() + "/secrets/" + secret.name();
  }

  String base() {
    return addresses.vault(vault.name());
  }
}
