// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.contract;

import dev.latchkey.sandbox.arm.Stored;
import dev.latchkey.sandbox.cluster.Situations;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What must have been for AKS to refuse as it did.
record ClusterRefusals(Scene scene) {
  private static final Pattern POOL = Pattern.compile("Another operation \\((\\S+) - (\\w+)\\)");
  private static final Pattern RUNNING = Pattern.compile("Another operation \\((\\w+)\\)");
  private static final Pattern NETWORK = Pattern.compile("virtual network name: (\\S+)$");
  private static final Pattern FEATURE = Pattern.compile("Microsoft\\.ContainerService/(\\w+)'");
  private static final Pattern PROPERTY = Pattern.compile("Changing property '([\\w.]+)'");

  void before(Step step, String cluster) {
    String message = step.exchange().message();
    switch (step.exchange().code()) {
      case "EtagMismatch" -> {
        there(step, cluster);
        situations().isContested(cluster);
      }
      case "OperationNotAllowed" -> notAllowed(step, cluster, message);
      case "GetVnetError" ->
          first(NETWORK, message).ifPresent(name -> situations().hidesNetwork(cluster, name));
      case "OIDCIssuerFeatureFlagNotEnabled" ->
          first(FEATURE, message)
              .ifPresent(name -> situations().withholds(subscription(cluster), name));
      case "OIDCIssuerFeatureCannotBeDisabled" -> there(step, cluster);
      case "PropertyChangeNotAllowed" ->
          first(PROPERTY, message).ifPresent(member -> differs(step, cluster, member));
      case "BadRequest" -> badRequest(step, cluster, message);
      case "NotFound" -> notFound(step, cluster);
      default -> {
        // the others are refused for what they ask, whatever is there
      }
    }
  }

  private void badRequest(Step step, String cluster, String message) {
    if (message.contains("disable local accounts")) {
      properties(there(step, cluster)).put("disableLocalAccounts", true);
    }
  }

  private void notAllowed(Step step, String cluster, String message) {
    Matcher pool = POOL.matcher(message);
    Matcher running = RUNNING.matcher(message);
    if (pool.find()) {
      there(step, cluster, pool.group(1));
      situations().poolIs(cluster, pool.group(1), pool.group(2));
    } else if (running.find()) {
      Stored there = there(step, cluster);
      boolean runs = there.operation().filter(one -> one.runsAt(scene.now())).isPresent();
      if (!runs) {
        properties(there).put("provisioningState", running.group(1));
      }
    } else if (message.contains("stopped state")) {
      properties(there(step, cluster)).putObject("powerState").put("code", "Stopped");
    }
  }

  /// AKS speaks for a cluster that ARM has forgotten, or for a pool of one that is there.
  private void notFound(Step step, String cluster) {
    if (step.exchange().type().endsWith("/agentPools")) {
      there(step, cluster);
    } else {
      situations().hasJustGone(cluster);
    }
  }

  private void differs(Step step, String cluster, String member) {
    ObjectNode tree = properties(there(step, cluster));
    String pointer = "/" + member.replaceFirst("^properties\\.", "").replace('.', '/');
    JsonNode wanted = step.sent().path("properties").at(pointer);
    if (wanted.isString() && tree.at(pointer).isMissingNode() && pointer.lastIndexOf('/') == 0) {
      tree.put(pointer.substring(1), "other than " + wanted.asString());
    }
  }

  private Stored there(Step step, String cluster) {
    return there(step, cluster, "nodepool1");
  }

  private Stored there(Step step, String cluster, String pool) {
    ObjectNode body = ClusterBodies.plausible(step.scene().recording(), cluster, pool);
    scene.there(ClusterBodies.spelled(cluster), ClusterBodies.STORED, body);
    return scene.store().find(cluster).orElseThrow();
  }

  private static ObjectNode properties(Stored cluster) {
    return (ObjectNode) cluster.tree().path("properties");
  }

  private static String subscription(String id) {
    return id.split("/", -1)[2];
  }

  private static Optional<String> first(Pattern pattern, String text) {
    return Optional.of(pattern.matcher(text)).filter(Matcher::find).map(found -> found.group(1));
  }

  private Situations situations() {
    return scene.cloud().azure().situations();
  }
}
