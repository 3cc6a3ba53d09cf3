// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.render;

import dev.latchkey.core.event.ClusterResult;
import dev.latchkey.core.event.Summary;
import dev.latchkey.core.trust.Hop;
import dev.latchkey.core.trust.Proof;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What was proven, clusters with the same result together.
final class ProofLines {
  private static final int MOST_NAMES = 6;

  private record Claim(Symbol symbol, String words) {}

  private ProofLines() {}

  static List<Line> of(Summary summary, Screen screen) {
    var groups = new LinkedHashMap<List<Claim>, List<String>>();
    for (ClusterResult cluster : summary.clusters()) {
      if (!cluster.proofs().isEmpty()) {
        groups
            .computeIfAbsent(claims(cluster.proofs()), _ -> new ArrayList<>())
            .add(cluster.target().name().value());
      }
    }
    var lines = new ArrayList<Line>();
    groups.forEach(
        (claims, clusters) -> {
          if (!lines.isEmpty()) {
            lines.add(new Line(screen));
          }
          boolean all = clusters.size() == summary.clusters().size() && clusters.size() > 1;
          String where = all ? "each cluster" : Count.few(clusters, MOST_NAMES);
          String whose = all || clusters.size() == 1 ? ", with" : ", each with";
          boolean proven = claims.stream().allMatch(claim -> claim.symbol() == Symbol.DONE);
          String head = (proven ? "Proven on " : "Tried on ") + where + whose;
          Paragraph.of(head + " its pod's own token", screen.width())
              .forEach(part -> lines.add(new Line(screen).add(Hue.STRONG, part)));
          claims.forEach(claim -> lines.addAll(lines(claim, screen)));
        });
    return lines;
  }

  private static List<Line> lines(Claim claim, Screen screen) {
    Line head = new Line(screen).add("  ").add(claim.symbol()).add(" ");
    return Paragraph.behind(head, claim.words(), screen);
  }

  /// One claim a hop. The hops that lead to a proven exchange are part of it, so they are told only
  /// when they are not proven themselves.
  private static List<Claim> claims(List<Proof> proofs) {
    var byHop = new LinkedHashMap<Hop, List<Proof>>();
    proofs.forEach(proof -> byHop.computeIfAbsent(proof.hop(), _ -> new ArrayList<>()).add(proof));
    var claims = new ArrayList<Claim>();
    for (Map.Entry<Hop, List<Proof>> entry : byHop.entrySet()) {
      Map<Claim, List<String>> told = told(entry.getKey(), entry.getValue());
      told.forEach(
          (claim, about) -> {
            if (claim.symbol() != Symbol.DONE || entry.getKey().compareTo(Hop.EXCHANGE) >= 0) {
              claims.add(named(entry.getKey(), claim, about));
            }
          });
    }
    return claims;
  }

  private static Map<Claim, List<String>> told(Hop hop, List<Proof> proofs) {
    var told = new LinkedHashMap<Claim, List<String>>();
    for (Proof proof : proofs) {
      Claim claim =
          switch (proof.verdict()) {
            case Proof.Verdict.Proven _ -> new Claim(Symbol.DONE, hop.claim());
            case Proof.Verdict.Refuted refuted ->
                new Claim(Symbol.FAILED, hop.claim() + ": refuted, " + refuted.problem().code());
            case Proof.Verdict.NotProven nothing ->
                new Claim(Symbol.IDLE, hop.claim() + ": not proven, " + nothing.reason());
          };
      told.computeIfAbsent(claim, _ -> new ArrayList<>()).add(proof.about());
    }
    return told;
  }

  private static Claim named(Hop hop, Claim claim, List<String> about) {
    return hop == Hop.SECRET
        ? new Claim(claim.symbol(), Count.and(about) + " " + claim.words())
        : claim;
  }
}
