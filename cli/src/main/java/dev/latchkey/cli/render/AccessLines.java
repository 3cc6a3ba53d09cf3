// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.render;

import dev.latchkey.core.plan.Access.Added;
import dev.latchkey.core.plan.Access.Bounds;
import dev.latchkey.core.plan.Access.Other;
import dev.latchkey.core.plan.Plan;
import dev.latchkey.core.plan.Quota;
import dev.latchkey.core.plan.Quota.Standing;
import dev.latchkey.core.plan.Quota.Used;
import dev.latchkey.core.resource.ResourceId;
import dev.latchkey.core.resource.SecretName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Below the changes of a plan: whom they let read which secrets, and the limits that they touch.
final class AccessLines {
  private static final int MOST_OTHERS = 5;
  private static final int MOST_SECRETS = 4;
  private static final String AT_SECRETS = "the secrets themselves";

  private final Plan plan;
  private final Screen screen;
  private final int width;
  private final List<Line> lines = new ArrayList<>();

  AccessLines(Plan plan, Screen screen, int width) {
    this.plan = plan;
    this.screen = screen;
    this.width = width;
  }

  List<Line> lines() {
    access();
    plan.quotas().forEach(this::quota);
    return lines;
  }

  /// What a group of identities is let read.
  private record Secrets(ResourceId vault, List<SecretName> names) {}

  private void access() {
    String label = "Access";
    Map<Secrets, List<Added>> added = new LinkedHashMap<>();
    plan.access()
        .added()
        .forEach(
            one ->
                added
                    .computeIfAbsent(
                        new Secrets(one.vault(), one.secrets()), _ -> new ArrayList<>())
                    .add(one));
    List<Other> others = plan.access().others();
    if (added.isEmpty()) {
      row(Symbol.IDLE, label, "no new access");
      label = "";
    }
    for (var group : added.entrySet()) {
      row(Symbol.IDLE, label, words(group.getKey(), group.getValue(), others));
      label = "";
    }
    if (!added.isEmpty()) {
      others(others);
    }
  }

  private static String words(Secrets secrets, List<Added> added, List<Other> others) {
    List<String> names = secrets.names().stream().map(SecretName::value).toList();
    String who =
        added.size() == 1 ? "the identity of one cluster" : "each the identity of one cluster";
    return "%s of %s in %s, %s%s"
        .formatted(
            Count.of(added.size(), "new reader"),
            Count.and(names),
            secrets.vault().name(),
            who,
            others.isEmpty() ? "; no one else" : "");
  }

  /// One principal with one role in one place; assignments at secrets are one place together.
  private record Reader(String principal, String role, Bounds bounds, String scope) {
    static Reader of(Other other) {
      boolean atSecret = other.scope().toLowerCase(Locale.ROOT).contains("/secrets/");
      return new Reader(
          other.principal().value(),
          other.role(),
          other.bounds(),
          atSecret ? AT_SECRETS : other.scope());
    }
  }

  /// Access that others gave to others: told, since whoever judges the plan should know it.
  private void others(List<Other> others) {
    Map<Reader, Set<String>> readers = new LinkedHashMap<>();
    for (Other other : others) {
      Set<String> names = readers.computeIfAbsent(Reader.of(other), _ -> new LinkedHashSet<>());
      other.secrets().forEach(secret -> names.add(secret.value()));
    }
    readers.entrySet().stream()
        .limit(MOST_OTHERS)
        .forEach(reader -> row(Symbol.WARNING, "", words(reader.getKey(), reader.getValue())));
    if (readers.size() > MOST_OTHERS) {
      row(
          Symbol.WARNING,
          "",
          "and %d more; all with --output json".formatted(readers.size() - MOST_OTHERS));
    }
  }

  private static String words(Reader reader, Set<String> secrets) {
    return "%s can read %s too%s: %s on %s"
        .formatted(
            reader.principal(),
            Count.few(List.copyOf(secrets), MOST_SECRETS),
            reader.bounds() == Bounds.CONDITION ? ", under a condition" : "",
            reader.role(),
            reader.scope());
  }

  private void quota(Quota quota) {
    String where = "role assignments in the vault's subscription";
    String words =
        switch (quota.used()) {
          case Used.Counted counted ->
              "%s: %s of %s after this run"
                  .formatted(
                      where, grouped(counted.assignments() + quota.added()), grouped(Quota.LIMIT));
          case Used.Unknown unknown ->
              "%s: %s more; how many there are is unknown (%s: %s)"
                  .formatted(
                      where,
                      grouped(quota.added()),
                      unknown.reason().code(),
                      unknown.reason().text().what());
        };
    Symbol symbol =
        quota.standing() == Standing.NEARLY_FULL || quota.standing() == Standing.EXCEEDED
            ? Symbol.WARNING
            : Symbol.IDLE;
    row(symbol, "Limits", words);
  }

  private void row(Symbol symbol, String label, String text) {
    Line row = new Line(screen).add(Hue.STRONG, label).column(PlanView.LABEL);
    int indent = PlanView.LABEL;
    if (symbol == Symbol.WARNING) {
      row.add(symbol).add(" ");
      indent += 2;
    }
    for (String part : Paragraph.of(text, width - indent)) {
      lines.add(row.add(part));
      row = new Line(screen).add(" ".repeat(indent));
    }
  }

  private static String grouped(int number) {
    return String.format(Locale.ROOT, "%,d", number);
  }
}
