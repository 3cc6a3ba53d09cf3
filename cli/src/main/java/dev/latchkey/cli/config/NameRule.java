// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.config;

import java.util.Locale;
import java.util.regex.Pattern;

/// The rules for names, Azure's and Kubernetes' own.
///
/// @see <a
///   href="https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules">Azure</a>
/// @see <a
///   href="https://kubernetes.io/docs/concepts/overview/working-with-objects/names/">Kubernetes</a>
public enum NameRule {
  /// The application: names the Helm release and, by default, what the cluster holds of it.
  APPLICATION(
      "an application's name",
      "has 1 to 53 lower-case letters, digits and `-`, and begins and ends with a letter or digit",
      "[a-z0-9]([a-z0-9-]{0,51}[a-z0-9])?"),
  /// A Kubernetes namespace.
  NAMESPACE(
      "a namespace's name",
      "has 1 to 63 lower-case letters, digits and `-`, and begins and ends with a letter or digit",
      "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"),
  /// A Kubernetes service account.
  SERVICE_ACCOUNT(
      "a service account's name",
      "has 1 to 253 lower-case letters, digits, `-` and `.`, and begins and ends with a letter or"
          + " digit",
      "(?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*"),
  /// A Helm release.
  RELEASE(
      "a Helm release's name",
      "has 1 to 53 lower-case letters, digits and `-`, and begins and ends with a letter or digit",
      "[a-z0-9]([a-z0-9-]{0,51}[a-z0-9])?"),
  /// A subscription's id.
  SUBSCRIPTION(
      "a subscription",
      "is written as its id, such as 00000000-0000-0000-0000-000000000001",
      "[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"),
  /// A resource group.
  RESOURCE_GROUP(
      "a resource group's name",
      "has 1 to 90 letters, digits, `_`, `-`, `.` and parentheses, and does not end with a `.`",
      "[\\p{L}\\p{N}_().-]{0,89}[\\p{L}\\p{N}_()-]"),
  /// An AKS cluster.
  CLUSTER(
      "a cluster's name",
      "has 1 to 63 letters, digits, `_` and `-`, and begins and ends with a letter or digit",
      "[A-Za-z0-9]([A-Za-z0-9_-]{0,61}[A-Za-z0-9])?"),
  /// A managed identity.
  IDENTITY(
      "a managed identity's name",
      "has 3 to 128 letters, digits, `_` and `-`, and begins with a letter or digit",
      "[A-Za-z0-9][A-Za-z0-9_-]{2,127}"),
  /// A region.
  LOCATION(
      "a location",
      "is written in lower-case letters and digits, such as westeurope",
      "[a-z0-9]{2,40}"),
  /// A key vault.
  VAULT(
      "a key vault's name",
      "has 3 to 24 letters, digits and single `-`, begins with a letter and ends with a letter or"
          + " digit",
      "(?=.{3,24}$)[A-Za-z](-?[A-Za-z0-9])*"),
  /// A secret in a key vault.
  SECRET("a secret's name", "has 1 to 127 letters, digits and `-`", "[0-9A-Za-z-]{1,127}"),
  /// What the application calls a secret.
  SECRET_ALIAS(
      "the name that the application knows a secret by",
      "has 1 to 127 letters, digits, `_`, `-` and `.`",
      "[0-9A-Za-z._-]{1,127}"),
  /// A wave of the rollout.
  WAVE(
      "a wave's name",
      "has 1 to 32 letters, digits, `_` and `-`, and begins with a letter or digit",
      "[A-Za-z0-9][A-Za-z0-9_-]{0,31}"),
  /// The environment of a cluster.
  ENVIRONMENT(
      "an environment's name",
      "has 1 to 32 letters, digits, `_` and `-`, and begins with a letter or digit",
      "[A-Za-z0-9][A-Za-z0-9_-]{0,31}"),
  /// A tag of an Azure resource.
  TAG(
      "a tag's name",
      "has 1 to 512 characters without `<`, `>`, `%`, `&`, `\\`, `?` and `/`",
      "[^<>%&\\\\?/]{1,512}");

  private final String words;
  private final String rule;
  private final Pattern pattern;

  NameRule(String words, String rule, String pattern) {
    this.words = words;
    this.rule = rule;
    this.pattern = Pattern.compile(pattern);
  }

  boolean allows(String name) {
    return pattern.matcher(name).matches();
  }

  /// Whether only its capitals stand between a name and what Kubernetes takes.
  boolean allowsInLowerCase(String name) {
    return allows(name.toLowerCase(Locale.ROOT));
  }

  /// The rule as a sentence about what it names.
  String sentence() {
    return words + " " + rule;
  }

  /// The rule as a regular expression, the same in the schema for editors.
  String pattern() {
    return pattern.pattern();
  }
}
