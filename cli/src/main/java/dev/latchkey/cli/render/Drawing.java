// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.render;

import dev.latchkey.core.event.ClusterResult;
import dev.latchkey.core.event.ClusterResult.Ending;
import dev.latchkey.core.event.Summary;
import dev.latchkey.core.resource.ResourceId;
import dev.latchkey.core.resource.SecretName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The architecture of a fleet as a drawing: pipeline and ARM, clusters, identities, vaults.
///
/// An edge is green only because it was proven in this run; dashed when it was set up, which is no
/// proof; red and dotted when it was refused.
final class Drawing {
  private static final int MOST_LANES = 12;
  private static final int LANE = 84;
  private static final int BOX = 60;
  private static final int CLUSTER_X = 226;
  private static final int IDENTITY_X = 580;
  private static final int VAULT_X = 926;
  private static final int WIDTH = 1120;

  private final List<ClusterResult> lanes;
  private final int hidden;
  private final List<ResourceId> vaults;
  private final int total;
  private final StringBuilder svg = new StringBuilder();

  private Drawing(Summary summary) {
    List<ClusterResult> sorted = new ArrayList<>();
    // Where not all fit, those that failed are drawn first: they are looked for.
    if (summary.clusters().size() > MOST_LANES) {
      summary.clusters().stream()
          .filter(cluster -> cluster.ending() == Ending.FAILED)
          .forEach(sorted::add);
    }
    summary.clusters().stream().filter(cluster -> !sorted.contains(cluster)).forEach(sorted::add);
    this.lanes = sorted.subList(0, Math.min(MOST_LANES, sorted.size()));
    this.hidden = sorted.size() - lanes.size();
    this.total = sorted.size();
    this.vaults =
        lanes.stream().map(cluster -> cluster.target().vault().vault()).distinct().toList();
  }

  static String of(Summary summary) {
    return new Drawing(summary).draw();
  }

  private String draw() {
    int height = lanes.size() * LANE + 76 + (hidden > 0 ? 24 : 0);
    int middle = lanes.size() * LANE / 2 + 8;
    svg.append(
        "<svg viewBox=\"0 0 %d %d\" width=\"100%%\" role=\"img\" aria-label=\"%s\">\n"
            .formatted(WIDTH, Math.max(height, 200), Html.text(label())));
    svg.append("<g transform=\"translate(20 20)\">\n");
    int armY = Math.max(96, middle);
    for (int i = 0; i < lanes.size(); i++) {
      curve("edge set", 132, armY, CLUSTER_X, i * LANE + BOX / 2);
    }
    path("edge set", "M66 %d V%d".formatted(armY - 52, armY - 30));
    box(0, armY - 112, 132, "Pipeline", "no secret stored", "");
    box(0, armY - 30, 132, "ARM", Count.of(total, "cluster"), "");
    for (int i = 0; i < lanes.size(); i++) {
      lane(lanes.get(i), i * LANE);
    }
    for (int i = 0; i < vaults.size(); i++) {
      vault(vaults.get(i), i);
    }
    legend();
    return svg.append("</g></svg>").toString();
  }

  private String label() {
    long proven = lanes.stream().filter(Chain::proven).count();
    return "A pipeline deploys through ARM to %s; on %d of them the way from the pod to the vault is proven"
        .formatted(Count.of(total, "cluster"), proven);
  }

  private void lane(ClusterResult cluster, int y) {
    String bad = cluster.ending() == Ending.FAILED ? " broken" : "";
    box(CLUSTER_X, y, 200, cluster.target().name().value(), standing(cluster), bad);
    if (cluster.ending() == Ending.SKIPPED) {
      return;
    }
    int middle = y + BOX / 2;
    Chain exchange = Chain.exchange(cluster);
    Chain secrets = Chain.secrets(cluster);
    path(exchange.state().style(), "M%d %d H%d".formatted(CLUSTER_X + 200, middle, IDENTITY_X));
    words(
        exchange,
        exchange.state() == Chain.State.PROVEN ? "token exchanged" : exchange.words(),
        (CLUSTER_X + 200 + IDENTITY_X) / 2,
        middle - 9);
    String identity = cluster.target().identity().nameTemplate().replace("{location}", "…");
    box(IDENTITY_X, y, 226, identity, reads(cluster, secrets), "");
    int vault = vaults.indexOf(cluster.target().vault().vault());
    curve(
        secrets.state().style(),
        IDENTITY_X + 226,
        middle,
        VAULT_X,
        vaultY(vault) + vaultHeight(vaults.get(vault)) / 2);
    if (secrets.state() == Chain.State.BROKEN) {
      words(secrets, secrets.words(), (IDENTITY_X + 226 + VAULT_X) / 2, middle - 9);
    }
  }

  private static String standing(ClusterResult cluster) {
    return switch (cluster.ending()) {
      case CHANGED -> Count.of(cluster.changes(), "change");
      case UNCHANGED -> "unchanged";
      case SKIPPED -> "skipped";
      case FAILED -> "failed";
      case ROLLED_BACK -> "rolled back";
      case NOT_STARTED -> "not started";
    };
  }

  private static String reads(ClusterResult cluster, Chain secrets) {
    String count = Count.of(cluster.target().vault().secrets().size(), "secret");
    return switch (secrets.state()) {
      case PROVEN ->
          "reads "
              + count
              + (Chain.refusals(cluster).state() == Chain.State.PROVEN ? ", others refused" : "");
      case SET -> count + ", reading not proven";
      case BROKEN -> "cannot read " + count;
    };
  }

  private void vault(ResourceId vault, int index) {
    int y = vaultY(index);
    List<String> names = secrets(vault);
    svg.append(
        "<rect class=\"box vault\" x=\"%d\" y=\"%d\" width=\"154\" height=\"%d\" rx=\"10\"/>"
            .formatted(VAULT_X, y, vaultHeight(vault)));
    text("name", VAULT_X + 16, y + 26, cut(vault.name(), 18));
    for (int i = 0; i < names.size(); i++) {
      text("sub", VAULT_X + 16, y + 46 + i * 16, names.get(i));
    }
  }

  private List<String> secrets(ResourceId vault) {
    List<String> names =
        lanes.stream()
            .map(cluster -> cluster.target().vault())
            .filter(access -> access.vault().equals(vault))
            .flatMap(access -> access.names().stream())
            .map(SecretName::value)
            .distinct()
            .toList();
    if (names.size() <= 5) {
      return names.stream().map(name -> cut(name, 22)).toList();
    }
    var few = new ArrayList<String>();
    names.subList(0, 4).forEach(name -> few.add(cut(name, 22)));
    few.add("and " + (names.size() - 4) + " more");
    return few;
  }

  private int vaultHeight(ResourceId vault) {
    return 44 + secrets(vault).size() * 16;
  }

  private int vaultY(int index) {
    int room = lanes.size() * LANE / vaults.size();
    return Math.max(0, index * room + room / 2 - 12 - vaultHeight(vaults.get(index)) / 2);
  }

  private void legend() {
    int y = Math.max(lanes.size() * LANE + 22, 156);
    if (hidden > 0) {
      text("sub", CLUSTER_X, y, "and " + Count.of(hidden, "more cluster") + ", in the table below");
      y += 22;
    }
    path("edge", "M0 %d H28".formatted(y - 4));
    text("sub", 36, y, "proven in this run");
    path("edge set", "M160 %d H188".formatted(y - 4));
    text("sub", 196, y, "set up, which is no proof");
    path("edge bad", "M350 %d H378".formatted(y - 4));
    text("sub", 386, y, "refused");
  }

  private void box(int x, int y, int width, String name, String sub, String style) {
    svg.append(
        "<rect class=\"box%s\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"8\"/>"
            .formatted(style, x, y, width, BOX));
    text("name", x + 16, y + 26, cut(name, (width - 24) / 7));
    text("sub", x + 16, y + 44, cut(sub, (width - 20) / 6));
  }

  private void words(Chain chain, String words, int x, int y) {
    String style =
        switch (chain.state()) {
          case PROVEN, SET -> "sub";
          case BROKEN -> "why";
        };
    svg.append(
        "<text class=\"%s\" text-anchor=\"middle\" x=\"%d\" y=\"%d\">%s</text>\n"
            .formatted(style, x, y, Html.text(cut(words, 24))));
  }

  private void curve(String style, int fromX, int fromY, int toX, int toY) {
    int middle = (fromX + toX) / 2;
    path(
        style,
        String.format(
            Locale.ROOT,
            "M%d %d C%d %d %d %d %d %d",
            fromX,
            fromY,
            middle,
            fromY,
            middle,
            toY,
            toX,
            toY));
  }

  private void path(String style, String data) {
    svg.append("<path class=\"%s\" d=\"%s\"/>\n".formatted(style, data));
  }

  private void text(String style, int x, int y, String text) {
    svg.append(
        "<text class=\"%s\" x=\"%d\" y=\"%d\">%s</text>\n".formatted(style, x, y, Html.text(text)));
  }

  private static String cut(String text, int most) {
    return text.length() <= most ? text : text.substring(0, most - 1) + "…";
  }
}
