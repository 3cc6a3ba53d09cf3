// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.kubernetes;

import dev.latchkey.sandbox.message.Answer;
import dev.latchkey.sandbox.ownership.Conflicts;
import dev.latchkey.sandbox.schema.Kind;
import dev.latchkey.sandbox.schema.Trees;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A request that Kubernetes refuses, with the `Status` object that says so in its own words.
public final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int code;
  private final transient ObjectNode status;

  private Refusal(int code, ObjectNode status) {
    super(Trees.text(status, "message"), null, false, false);
    this.code = code;
    this.status = status;
  }

  /// The HTTP status.
  public int code() {
    return code;
  }

  /// Kubernetes' word for the reason, such as `NotFound`.
  public String reason() {
    return Trees.text(status, "reason");
  }

  Answer answer() {
    return Shown.json(code, status);
  }

  ObjectNode status() {
    return status;
  }

  static Refusal notFound(Kind kind, String name) {
    return of(
        404, "NotFound", kind, name, kind.qualifiedResource() + " \"" + name + "\" not found");
  }

  static Refusal noSuchPath() {
    ObjectNode status = base(404, "NotFound", "the server could not find the requested resource");
    status.putObject("details"); // kubectl looks into it
    return new Refusal(404, status);
  }

  static Refusal alreadyExists(Kind kind, String name) {
    return of(
        409,
        "AlreadyExists",
        kind,
        name,
        kind.qualifiedResource() + " \"" + name + "\" already exists");
  }

  static Refusal conflict(Kind kind, String name, String why) {
    return of(
        409,
        "Conflict",
        kind,
        name,
        "Operation cannot be fulfilled on "
            + kind.qualifiedResource()
            + " \""
            + name
            + "\": "
            + why);
  }

  static Refusal modified(Kind kind, String name) {
    return conflict(
        kind,
        name,
        "the object has been modified; please apply your changes to the latest version and try"
            + " again");
  }

  /// A refusal by admission or authorization.
  public static Refusal forbidden(Kind kind, String name, String why) {
    String subject =
        name.isEmpty() ? kind.qualifiedResource() : kind.qualifiedResource() + " \"" + name + "\"";
    return of(403, "Forbidden", kind, name, subject + " is forbidden: " + why);
  }

  /// @param subject such as `users "name"`
  static Refusal forbidden(String subject, String why) {
    return plain(403, "Forbidden", subject + " is forbidden: " + why);
  }

  static Refusal forbiddenPath(String user, String path, String verb) {
    return plain(
        403,
        "Forbidden",
        "forbidden: User \"" + user + "\" cannot " + verb + " path \"" + path + "\"");
  }

  static Refusal unauthorized() {
    return plain(401, "Unauthorized", "Unauthorized");
  }

  /// A value that validation refuses.
  ///
  /// @param cause `FieldValueInvalid`, `FieldValueRequired` …
  /// @param field the path of the field
  static Refusal invalid(
      String kindName, String group, String name, String cause, String field, String why) {
    ObjectNode status =
        base(
            422,
            "Invalid",
            kindName
                + (group.isEmpty() ? "" : "." + group)
                + " \""
                + name
                + "\" is invalid: "
                + field
                + ": "
                + why);
    ObjectNode details = details(status, name, group, kindName);
    details
        .putArray("causes")
        .addObject()
        .put("reason", cause)
        .put("message", why)
        .put("field", field);
    return new Refusal(422, status);
  }

  /// A parameter of a request that validation refuses.
  static Refusal invalidOption(String options, String cause, String option, String why) {
    return invalid(options, "meta.k8s.io", "", cause, option, why);
  }

  /// Somebody else owns what was to be applied.
  static Refusal conflicts(Conflicts conflicts) {
    ObjectNode status = base(409, "Conflict", conflicts.getMessage());
    ArrayNode causes = Trees.child(status, "details").putArray("causes");
    for (Conflicts.Conflict each : conflicts.all()) {
      causes
          .addObject()
          .put("reason", "FieldManagerConflict")
          .put("message", "conflict with " + each.manager())
          .put("field", each.field());
    }
    return new Refusal(409, status);
  }

  /// What the API server itself fails at.
  static Refusal failed(String message) {
    ObjectNode status = base(500, "", message);
    status.remove("reason");
    return new Refusal(500, status);
  }

  static Refusal badRequest(String message) {
    return plain(400, "BadRequest", message);
  }

  /// What `fieldValidation=Strict` says to fields that a type does not have.
  static Refusal unknownFields(Kind kind, List<String> paths) {
    String errors =
        paths.stream()
            .map(path -> "unknown field \"" + path + "\"")
            .collect(Collectors.joining(", "));
    return badRequest(
        kind.name()
            + " in version \""
            + kind.version()
            + "\" cannot be handled as a "
            + kind.name()
            + ": strict decoding error: "
            + errors);
  }

  /// What a webhook that refuses makes of a request.
  public static Refusal byWebhook(String webhook, int code, String message) {
    ObjectNode status =
        base(code, "", "admission webhook \"" + webhook + "\" denied the request: " + message);
    status.remove("reason");
    return new Refusal(code, status);
  }

  static Refusal expired(String message) {
    return plain(410, "Expired", message);
  }

  static Refusal unsupportedMediaType(String sent, String supported) {
    return plain(
        415,
        "UnsupportedMediaType",
        "the body of the request was in an unknown format - accepted media types include: "
            + supported
            + (sent.isEmpty() ? "" : " (sent: " + sent + ")"));
  }

  static Refusal methodNotAllowed() {
    return plain(
        405, "MethodNotAllowed", "the server does not allow this method on the requested resource");
  }

  /// What goes wrong on the way to an answer, such as a webhook that cannot be called.
  static Refusal internal(String cause) {
    ObjectNode status = base(500, "InternalError", "Internal error occurred: " + cause);
    Trees.child(status, "details").putArray("causes").addObject().put("message", cause);
    return new Refusal(500, status);
  }

  /// What Kubernetes serves and the sandbox does not.
  static Refusal notImplemented(String message) {
    return plain(501, "NotImplemented", message);
  }

  private static Refusal plain(int code, String reason, String message) {
    return new Refusal(code, base(code, reason, message));
  }

  private static Refusal of(int code, String reason, Kind kind, String name, String message) {
    ObjectNode status = base(code, reason, message);
    details(status, name, kind.group(), kind.resource());
    return new Refusal(code, status);
  }

  private static ObjectNode details(ObjectNode status, String name, String group, String kind) {
    ObjectNode details = Trees.child(status, "details");
    if (!name.isEmpty()) {
      details.put("name", name);
    }
    if (!group.isEmpty()) {
      details.put("group", group);
    }
    return details.put("kind", kind);
  }

  private static ObjectNode base(int code, String reason, String message) {
    ObjectNode status = Trees.object().put("kind", "Status").put("apiVersion", "v1");
    status.putObject("metadata");
    return status
        .put("status", "Failure")
        .put("message", message)
        .put("reason", reason)
        .put("code", code);
  }
}
