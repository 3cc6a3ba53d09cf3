// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.plan.ManifestDiff.Fate;
import dev.latchkey.core.plan.ManifestDiff.ObjectDiff;
import dev.latchkey.core.resource.ManifestObject;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ManifestDiffTest {
  private static final ManifestObject SERVICE = new ManifestObject("Service/orders", "port: 80\n");

  @Test
  void namesWhatComesGoesAndChanges() {
    var before = List.of(SERVICE, deployment("a\nreplicas: 1\nb\n"), object("ConfigMap/old"));
    var after = List.of(object("Ingress/new"), deployment("a\nreplicas: 3\nb\n"), SERVICE);

    assertThat(ManifestDiff.between(before, after))
        .isEqualTo(
            new ManifestDiff(
                List.of(
                    new ObjectDiff("Ingress/new", Fate.ADDED, List.of()),
                    new ObjectDiff(
                        "Deployment/orders",
                        Fate.CHANGED,
                        List.of(" a", "-replicas: 1", "+replicas: 3", " b")),
                    new ObjectDiff("ConfigMap/old", Fate.REMOVED, List.of()))));
  }

  @Test
  void isEmptyWhenAllIsTheSame() {
    assertThat(ManifestDiff.between(List.of(SERVICE), List.of(SERVICE)).isEmpty()).isTrue();
  }

  @Test
  void showsTwoLinesAroundAChange() {
    assertThat(lines("1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12", "1\n2\nx\n4\n5\n6\n7\n8\n9\n10\n11"))
        .containsExactly(" 1", " 2", "-3", "+x", " 4", " 5", "…", " 10", " 11", "-12");
  }

  @Test
  void showsNoDigestOfWhatIsHidden() {
    String before = "password: " + ManifestObject.hidden("0a1b");
    String after = "password: " + ManifestObject.hidden("2c3d");

    assertThat(lines(before, after)).containsExactly("-password: (hidden)", "+password: (hidden)");
  }

  @Test
  void cutsALongDifference() {
    String many =
        IntStream.range(0, 500).mapToObj(i -> "line " + i).collect(Collectors.joining("\n"));

    assertThat(lines("", many)).hasSize(201).last().isEqualTo("… 300 more lines");
  }

  @Test
  void comparesHugeTextsOnlyUntilTheyFirstDiffer() {
    String huge = "a\n".repeat(3_000);

    assertThat(lines(huge + "x\ny", huge + "z\ny"))
        .containsExactly(" a", " a", "-x", "-y", "+z", "+y");
  }

  private static List<String> lines(String before, String after) {
    return ManifestDiff.between(List.of(deployment(before)), List.of(deployment(after)))
        .objects()
        .getFirst()
        .lines();
  }

  private static ManifestObject deployment(String text) {
    return new ManifestObject("Deployment/orders", text);
  }

  private static ManifestObject object(String title) {
    return new ManifestObject(title, "kind: X\n");
  }
}
