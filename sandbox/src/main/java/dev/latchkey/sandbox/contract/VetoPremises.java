// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.contract;

import dev.latchkey.sandbox.arm.Stored;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Locks and policies that refused something; they are there for the exchange that shows them, if
/// the recording has not put them there itself.
final class VetoPremises implements Inference {
  private static final String LOCKS = "Microsoft.Authorization/locks";
  private static final Pattern LOCKED =
      Pattern.compile(
          "cannot perform (\\w+) operation because following scope\\(s\\) are locked: (.+)");
  private static final Pattern QUOTED = Pattern.compile("'([^',]+)'?");
  private static final Pattern REASONS = Pattern.compile("Reasons: '(.+?)'\\.");

  private final Scene scene;
  private final List<String> planted = new ArrayList<>();

  VetoPremises(Scene scene) {
    this.scene = scene;
  }

  @Override
  public void before(Step step) {
    String message = step.answered().at("/error/message").asString("");
    switch (step.exchange().code()) {
      case "ScopeLocked" -> locks(message);
      case "RequestDisallowedByPolicy" -> policies(step.answered().path("error"));
      default -> {
        // nothing was in the way
      }
    }
  }

  private void locks(String message) {
    Matcher matcher = LOCKED.matcher(message);
    if (matcher.find()) {
      String level = matcher.group(1).equals("delete") ? "CanNotDelete" : "ReadOnly";
      Matcher scopes = QUOTED.matcher(matcher.group(2));
      while (scopes.find()) {
        lock(scopes.group(1), level);
      }
    }
  }

  private void lock(String scope, String level) {
    String below = scope + "/providers/" + LOCKS;
    if (scope.startsWith("/") && scene.store().below(below).isEmpty()) {
      ObjectNode tree = Scene.unknown(below + "/recorded", LOCKS);
      ((ObjectNode) tree.path("properties")).put("level", level);
      plant(tree);
    }
  }

  private void policies(JsonNode error) {
    for (JsonNode more : error.path("additionalInfo")) {
      JsonNode info = more.path("info");
      plant(definition(info));
      plant(assignment(info, error.path("message").asString("")));
    }
  }

  private static ObjectNode definition(JsonNode info) {
    ObjectNode tree =
        Scene.unknown(
            info.path("policyDefinitionId").asString(""),
            "Microsoft.Authorization/policyDefinitions");
    ObjectNode properties = (ObjectNode) tree.path("properties");
    properties.set("displayName", info.path("policyDefinitionDisplayName"));
    ObjectNode rule = properties.put("mode", "All").putObject("policyRule");
    rule.putObject("then").set("effect", info.path("policyDefinitionEffect"));
    ArrayNode all = rule.putObject("if").putArray("allOf");
    info.at("/evaluationDetails/evaluatedExpressions").forEach(one -> all.add(comparison(one)));
    return tree;
  }

  private static ObjectNode comparison(JsonNode evaluated) {
    String word = evaluated.path("operator").asString("");
    String operator =
        word.isEmpty() ? word : word.substring(0, 1).toLowerCase(Locale.ROOT) + word.substring(1);
    ObjectNode tree = JsonMapper.shared().createObjectNode();
    tree.set("field", evaluated.path("expression"));
    tree.set(operator, evaluated.path("targetValue"));
    return tree;
  }

  private static ObjectNode assignment(JsonNode info, String message) {
    ObjectNode tree =
        Scene.unknown(
            info.path("policyAssignmentId").asString(""),
            "Microsoft.Authorization/policyAssignments");
    ObjectNode properties = (ObjectNode) tree.path("properties");
    properties.set("displayName", info.path("policyAssignmentDisplayName"));
    properties.set("policyDefinitionId", info.path("policyDefinitionId"));
    properties.set("scope", info.path("policyAssignmentScope"));
    properties.set("parameters", info.path("policyAssignmentParameters"));
    Matcher reasons = REASONS.matcher(message);
    if (reasons.find()) {
      properties.putArray("nonComplianceMessages").addObject().put("message", reasons.group(1));
    }
    return tree;
  }

  private void plant(ObjectNode tree) {
    String id = tree.path("id").asString("");
    if (id.startsWith("/") && scene.store().find(id).isEmpty()) {
      scene.store().put(Stored.of(id, tree.path("type").asString(""), tree));
      planted.add(id);
    }
  }

  @Override
  public void after(Step step) {
    planted.forEach(scene.store()::remove);
    planted.clear();
  }
}
