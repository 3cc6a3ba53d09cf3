// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.arm;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What the path of a request names: a resource, a collection, or an action on a resource.
///
/// @param path as sent, without a slash at the end
/// @param scope the path before the last `/providers/`; empty for the tenant
/// @param namespace the provider, such as `Microsoft.KeyVault`
/// @param types the words of the type: `vaults`, `secrets`
/// @param names one per type word, or one fewer for a collection or an action
public record Target(
    String path, String scope, String namespace, List<String> types, List<String> names) {
  static final String RESOURCES = "Microsoft.Resources";

  public Target {
    types = List.copyOf(types);
    names = List.copyOf(names);
  }

  /// Reads a path; empty when it has no form of ARM's. Two slashes are one: the SDKs put a scope
  /// that begins with a slash behind another.
  static Optional<Target> of(String sent) {
    String single = sent.replaceAll("/{2,}", "/");
    String path = single.length() > 1 && single.endsWith("/") ? strip(single) : single;
    List<String> segments = List.of(path.substring(1).split("/", -1));
    int providers = lastProviders(segments);
    return providers < 0 ? withoutProvider(path, segments) : below(path, segments, providers);
  }

  private static String strip(String sent) {
    return sent.substring(0, sent.length() - 1);
  }

  /// Names and type words take turns after a provider, so its word stands at an even distance.
  private static int lastProviders(List<String> segments) {
    for (int i = segments.size() - 2; i >= 0; i--) {
      if (segments.get(i).equalsIgnoreCase("providers") && i % 2 == 0) {
        return i;
      }
    }
    return -1;
  }

  private static Optional<Target> below(String path, List<String> segments, int providers) {
    String scope = providers == 0 ? "" : "/" + String.join("/", segments.subList(0, providers));
    List<String> rest = segments.subList(providers + 2, segments.size());
    if (rest.isEmpty() || isRegistration(rest)) {
      return withoutProvider(path, segments);
    }
    return Optional.of(target(path, scope, segments.get(providers + 1), rest));
  }

  /// Here the provider itself is the resource.
  private static boolean isRegistration(List<String> rest) {
    return rest.size() == 1 && rest.getFirst().matches("(?i)(un)?register");
  }

  private static Optional<Target> withoutProvider(String path, List<String> segments) {
    boolean known =
        segments.getFirst().equalsIgnoreCase("subscriptions")
            || segments.getFirst().equalsIgnoreCase("tenants")
            || segments.getFirst().equalsIgnoreCase("providers");
    return known ? Optional.of(target(path, "", RESOURCES, segments)) : Optional.empty();
  }

  private static Target target(String path, String scope, String namespace, List<String> words) {
    var types = new ArrayList<String>();
    var names = new ArrayList<String>();
    for (int i = 0; i < words.size(); i++) {
      (i % 2 == 0 ? types : names).add(words.get(i));
    }
    return new Target(path, scope, namespace, types, names);
  }

  /// Whether the path ends in a type word: a collection for GET, an action for POST.
  public boolean open() {
    return names.size() < types.size();
  }

  /// The same target without its last word, which was an action.
  Target withoutAction() {
    String shorter = path.substring(0, path.lastIndexOf('/'));
    return new Target(shorter, scope, namespace, types.subList(0, types.size() - 1), names);
  }

  /// `Microsoft.KeyVault/vaults/secrets`, in the casing sent.
  public String type() {
    return namespace + "/" + String.join("/", types);
  }

  /// The last name; the empty text for a collection at the top.
  public String name() {
    return names.isEmpty() ? "" : names.getLast();
  }

  /// The subscription named in the path.
  public Optional<String> subscription() {
    return segmentAfter("subscriptions");
  }

  /// The resource group named in the path.
  public Optional<String> group() {
    return segmentAfter("resourceGroups");
  }

  private Optional<String> segmentAfter(String word) {
    String[] segments = path.split("/", -1);
    for (int i = 1; i + 1 < segments.length && i < 5; i += 2) {
      if (segments[i].equalsIgnoreCase(word)) {
        return Optional.of(segments[i + 1]);
      }
    }
    return Optional.empty();
  }

  /// The path of the resource that this one belongs to; empty for one at the top of its provider.
  public Optional<String> parent() {
    if (types.size() < 2) {
      return Optional.empty();
    }
    int words = open() ? 1 : 2;
    String parent = path;
    for (int i = 0; i < words; i++) {
      parent = parent.substring(0, parent.lastIndexOf('/'));
    }
    return Optional.of(parent);
  }
}
