// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.contract;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.latchkey.sandbox.arm.Store;
import dev.latchkey.sandbox.arm.Stored;
import dev.latchkey.sandbox.clock.Pace;
import dev.latchkey.sandbox.clock.SandboxClock;
import dev.latchkey.sandbox.clock.Seed;
import dev.latchkey.sandbox.cloud.Cloud;
import dev.latchkey.sandbox.cluster.Commands;
import dev.latchkey.sandbox.issuer.PipelineIssuer;
import dev.latchkey.sandbox.limit.Throttling;
import dev.latchkey.sandbox.message.PublicNames;
import dev.latchkey.sandbox.token.Jwt;
import dev.latchkey.sandbox.token.Keys;
import dev.latchkey.sandbox.vault.UnknownSecretScopes;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The world that one recording is replayed in: a whole simulated Azure under Azure's public names,
/// at Azure's pace, whose clock moves only when it is told to.
final class Scene {
  private static final String SOMEBODY = "93af6286-1c49-54ae-b6dc-414f784aa63f";
  private static final Pattern TENANT =
      Pattern.compile(
          "(?:\"tenantI[dD]\":\"|in the directory |iss=https://sts\\.windows\\.net/|must match the tenant 'https://sts\\.windows\\.net/|oic\\.prod-aks\\.azure\\.com/|login\\.(?:microsoftonline\\.com|windows\\.net)/)([0-9a-f-]{36})");
  private static final Pattern CALLER =
      Pattern.compile(
          "with object id '([0-9a-f-]{36})'|subscription actor '[^:']+:([0-9a-f-]{36})'|oid=([0-9a-f-]{36})|\"createdBy\":\"([0-9a-f-]{36})\"");

  private static final Pattern APPLICATION = Pattern.compile("appid=([0-9a-f-]{36})");
  private static final Pattern USER =
      Pattern.compile("\"lastModifiedBy\":\"([^\"]+)\",\"lastModifiedByType\":\"User\"");
  private static final Pattern MANAGED_IDENTITY = Pattern.compile("xms_mirid=([^;\\\\]+)");

  private final Recording recording;
  private final Keys keys;
  private final SandboxClock clock;
  private final Bindings bindings = new Bindings();
  private final IssuerDocuments documents = new IssuerDocuments();
  private final Cloud cloud;
  private final String tenantId;
  private final String callerId;

  Scene(Recording recording, Keys keys) {
    this.recording = recording;
    this.keys = keys;
    this.tenantId = first(TENANT, recording).orElse(SOMEBODY);
    this.callerId = first(CALLER, recording).orElse(SOMEBODY);
    Instant start = recording.start();
    this.clock = new SandboxClock(() -> start);
    this.cloud = new Cloud(inputs());
    this.documents.ofIssuers(cloud.issuers());
    bindings.known(tenantId);
    bindings.known(callerId);
  }

  private Cloud.Inputs inputs() {
    return new Cloud.Inputs(
        tenantId,
        clock,
        Pace.AZURE,
        Throttling.OFF,
        UnknownSecretScopes.ACCEPTED,
        new Seed(1),
        keys,
        new PublicNames(),
        () -> new PublicServers(store()),
        documents,
        new PipelineIssuer("https://vstoken.dev.azure.com/" + SOMEBODY, keys),
        () -> (_, _, _) -> new Commands.Output(0, ""));
  }

  /// In requests as well: a client names its tenant.
  private static Optional<String> first(Pattern pattern, Recording recording) {
    return recording.exchanges().stream()
        .map(one -> pattern.matcher(one.url().text() + " " + one.body() + " " + one.headers()))
        .filter(Matcher::find)
        .flatMap(Scene::groups)
        .findFirst();
  }

  private static Stream<String> groups(Matcher matcher) {
    return IntStream.rangeClosed(1, matcher.groupCount())
        .mapToObj(matcher::group)
        .filter(Objects::nonNull);
  }

  Recording recording() {
    return recording;
  }

  Cloud cloud() {
    return cloud;
  }

  /// What ARM manages.
  Store store() {
    return cloud.azure().store();
  }

  Bindings bindings() {
    return bindings;
  }

  /// What Entra ID reads of issuers outside.
  IssuerDocuments documents() {
    return documents;
  }

  Keys keys() {
    return keys;
  }

  String tenantId() {
    return tenantId;
  }

  /// The object id of who made the recorded requests.
  String callerId() {
    return callerId;
  }

  Instant now() {
    return clock.now();
  }

  /// Lets time pass.
  void elapse(Duration time) {
    clock.advance(time);
  }

  /// Lets time pass until a moment; nothing happens when it has passed.
  void elapseUntil(Instant moment) {
    if (clock.now().isBefore(moment)) {
      clock.advance(Duration.between(clock.now(), moment));
    }
  }

  /// A token of who made the recorded requests, good for an hour.
  String token(String audience) {
    return token(audience, tenantId, clock.now().plus(Duration.ofHours(1)));
  }

  /// A token of who made the recorded requests, of some tenant.
  String token(String audience, String tenant, Instant until) {
    Date issued = Date.from(until.minus(Duration.ofHours(1)));
    var claims =
        new JWTClaimsSet.Builder()
            .audience(audience)
            .issuer("https://sts.windows.net/" + tenant + "/")
            .subject(callerId)
            .claim("tid", tenant)
            .claim("oid", callerId)
            .claim("appid", first(APPLICATION, recording).orElse(callerId))
            .claim("upn", first(USER, recording).orElse(null))
            .claim("xms_mirid", first(MANAGED_IDENTITY, recording).orElse(null))
            .issueTime(issued)
            .notBeforeTime(issued)
            .expirationTime(Date.from(until))
            .build();
    return Jwt.sign(keys.of(tenantId), claims);
  }

  /// Puts a resource into the store as it was recorded, if there is none of its id. Its values are
  /// the recorded ones, so none of them is bound to another.
  void there(String id, String type, JsonNode tree) {
    if (!id.isEmpty() && store().find(id).isEmpty()) {
      bindings.known(tree.toString());
      store().put(Stored.of(id, type, (ObjectNode) tree.deepCopy()));
    }
  }

  /// The tree of a resource of which nothing but its id is known.
  static ObjectNode unknown(String id, String type) {
    ObjectNode tree = JsonMapper.shared().createObjectNode();
    tree.put("id", id).put("name", ArmPath.name(id)).put("type", type);
    tree.putObject("properties");
    return tree;
  }

  /// The recorded exchanges, each with its place.
  List<Step> steps() {
    return IntStream.range(0, recording.exchanges().size())
        .mapToObj(index -> new Step(this, index))
        .toList();
  }
}
