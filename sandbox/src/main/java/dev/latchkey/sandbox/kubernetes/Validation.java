// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.kubernetes;

import dev.latchkey.sandbox.schema.Kind;
import dev.latchkey.sandbox.schema.Kinds;
import dev.latchkey.sandbox.schema.Trees;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The checks of a write that clients of the sandbox can run into.
final class Validation {
  private static final Pattern SUBDOMAIN =
      Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");
  private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?");
  private static final int SECRET_BYTES_MAX = 1024 * 1024;

  private Validation() {}

  /// Refuses with 422 what cannot be stored.
  static void check(Kind kind, ObjectNode object) {
    checkName(kind, Trees.text(object, "metadata", "name"));
    switch (kind.name()) {
      case "Deployment", "ReplicaSet", "StatefulSet", "DaemonSet" -> workload(kind, object);
      case "Pod" -> containers(kind, object, object.path("spec"), "spec.containers");
      case "Secret" -> secretSize(kind, object);
      default -> {} // the name is all that is checked
    }
  }

  private static void checkName(Kind kind, String name) {
    boolean label = kind.name().equals("Namespace") || kind.name().equals("Service");
    boolean free = kind.group().equals("rbac.authorization.k8s.io");
    if (free || (name.length() <= 253 && (label ? LABEL : SUBDOMAIN).matcher(name).matches())) {
      return;
    }
    String rule =
        label
            ? "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or"
                + " '-', and must start and end with an alphanumeric character (e.g. 'my-name', "
                + " or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')"
            : "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters,"
                + " '-' or '.', and must start and end with an alphanumeric character (e.g."
                + " 'example.com', regex used for validation is"
                + " '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
    throw invalid(
        kind,
        name,
        "FieldValueInvalid",
        "metadata.name",
        "Invalid value: \"" + name + "\": " + rule);
  }

  private static void workload(Kind kind, ObjectNode object) {
    String name = Trees.text(object, "metadata", "name");
    JsonNode selector = Trees.at(object, "spec", "selector");
    if (!selector.isObject()) {
      throw invalid(kind, name, "FieldValueRequired", "spec.selector", "Required value");
    }
    JsonNode template = Trees.at(object, "spec", "template");
    if (!Selectors.of(selector).test(template)) {
      throw invalid(
          kind,
          name,
          "FieldValueInvalid",
          "spec.template.metadata.labels",
          "Invalid value: "
              + Trees.at(template, "metadata", "labels")
              + ": `selector` does not match template `labels`");
    }
    containers(kind, object, template.path("spec"), "spec.template.spec.containers");
  }

  private static void containers(Kind kind, ObjectNode object, JsonNode spec, String field) {
    String name = Trees.text(object, "metadata", "name");
    List<JsonNode> containers = Trees.items(spec.path("containers"));
    if (containers.isEmpty()) {
      throw invalid(kind, name, "FieldValueRequired", field, "Required value");
    }
    for (int i = 0; i < containers.size(); i++) {
      for (String required : List.of("name", "image")) {
        if (Trees.text(containers.get(i), required).isEmpty()) {
          throw invalid(
              kind,
              name,
              "FieldValueRequired",
              field + "[" + i + "]." + required,
              "Required value");
        }
      }
    }
  }

  private static void secretSize(Kind kind, ObjectNode secret) {
    long characters =
        secret.path("data").properties().stream()
            .mapToLong(each -> each.getValue().asString("").length())
            .sum();
    if (characters * 3 / 4 > SECRET_BYTES_MAX) {
      throw invalid(
          kind,
          Trees.text(secret, "metadata", "name"),
          "FieldValueTooLong",
          "data",
          "Too long: may not be more than " + SECRET_BYTES_MAX + " bytes");
    }
  }

  /// Refuses a change of what cannot be changed.
  static void checkChange(Kind kind, ObjectNode before, ObjectNode after) {
    String name = Trees.text(after, "metadata", "name");
    boolean workload = kind.equals(Kinds.DEPLOYMENT) || kind.equals(Kinds.REPLICA_SET);
    JsonNode selector = Trees.at(after, "spec", "selector");
    if (workload && !selector.equals(Trees.at(before, "spec", "selector"))) {
      throw invalid(
          kind,
          name,
          "FieldValueInvalid",
          "spec.selector",
          "Invalid value: " + selector + ": field is immutable");
    }
    boolean binding = kind.name().endsWith("RoleBinding");
    if (binding && !after.path("roleRef").equals(before.path("roleRef"))) {
      throw invalid(
          kind,
          name,
          "FieldValueInvalid",
          "roleRef",
          "Invalid value: " + after.path("roleRef") + ": cannot change roleRef");
    }
  }

  private static Refusal invalid(Kind kind, String name, String cause, String field, String why) {
    return Refusal.invalid(kind.name(), kind.group(), name, cause, field, why);
  }
}
