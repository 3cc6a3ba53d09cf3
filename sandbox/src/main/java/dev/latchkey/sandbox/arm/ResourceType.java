// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.arm;

import dev.latchkey.sandbox.message.Answer;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What one type of resources adds to the gateway: its rules and its shapes.
///
/// The gateway has checked token, version, rights, rates, group and parent before it calls.
public interface ResourceType {
  /// Where resources of a type live, which decides what must exist before them.
  enum Home {
    /// In a resource group, perhaps below a parent.
    GROUP,
    /// Beside the groups: of the tenant or of a subscription.
    SUBSCRIPTION,
    /// On any other resource, group, subscription, or the tenant.
    ANY_SCOPE
  }

  /// In canonical casing: `Microsoft.KeyVault/vaults/secrets`.
  String name();

  /// The api-versions that it speaks.
  Set<String> apiVersions();

  /// Where its resources live.
  Home home();

  /// What ARM says when what a resource belongs to is gone.
  enum MissingParent {
    /// That the parent of this resource is missing.
    AS_PARENT,
    /// What it says of any resource that is not there, naming the parent.
    AS_RESOURCE
  }

  /// How ARM says that the parent is gone.
  default MissingParent missingParent() {
    return MissingParent.AS_PARENT;
  }

  /// The words that may follow a resource in a POST.
  default Set<String> actions() {
    return Set.of();
  }

  /// Whether a caller needs a right to ask: polling an operation needs none but its address.
  default Rights rights() {
    return Rights.BY_ROLE;
  }

  /// What the gateway asks of a caller.
  enum Rights {
    /// A role that has the action of type and method.
    BY_ROLE,
    /// The same; but a list, which ARM keeps itself, holds what the caller may read.
    BY_ROLE_LISTING_THE_SEEN,
    /// Any valid token; the type itself leaves out what the caller may not see.
    ANY_TOKEN
  }

  /// The rights that this call needs on resources which its body names.
  default List<Linked> linked(Call call) {
    return List.of();
  }

  /// The attributes by which a role's condition may judge this call.
  default Map<String, String> attributes(Call call) {
    return Map.of();
  }

  /// The buckets of this type beside ARM's own.
  default List<Limit> limits(Call call) {
    return List.of();
  }

  /// GET of one resource.
  default Answer read(Call call) {
    return notAllowed(call);
  }

  /// GET of a collection.
  default Answer list(Call call) {
    return notAllowed(call);
  }

  /// PUT.
  default Answer put(Call call) {
    return notAllowed(call);
  }

  /// PATCH.
  default Answer patch(Call call) {
    return notAllowed(call);
  }

  /// DELETE.
  default Answer delete(Call call) {
    return notAllowed(call);
  }

  /// POST of an action.
  default Answer post(Call call) {
    return notAllowed(call);
  }

  /// The answer to a method that the type does not know.
  static Answer notAllowed(Call call) {
    return Refusal.byGateway(
        405,
        "HttpMethodNotAllowed",
        "The http method '%s' is not supported for a resource type."
            .formatted(call.ask().method()));
  }
}
