// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.latchkey.core.resource.ObservedCluster;
import dev.latchkey.core.resource.ObservedCluster.Feature;
import dev.latchkey.core.resource.ObservedCluster.Power;
import dev.latchkey.core.resource.ObservedCluster.SignIn;
import dev.latchkey.core.resource.Reach;
import dev.latchkey.core.resource.ResourceId;
import dev.latchkey.core.resource.Tags;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a selection makes of Azure's clusters.
class SelectionTest {
  private static final String HEAD =
      """
      apiVersion: latchkey/v1
      application: orders
      subscription: 00000000-0000-0000-0000-000000000001
      keyVault: { name: kv-shared, resourceGroup: rg-shared, secrets: [db-password] }
      chart: { path: chart }
      clusters:
      """;
  private static final String PROD = "  - select: { tags: { env: prod } }\n";

  @TempDir Path folder;

  @Test
  void takesTheClustersWhoseTagsFitSortedByName() {
    assertThat(
            names(
                PROD,
                cluster("rg-weu", "aks-weu-2", Map.of("ENV", "prod")),
                cluster("rg-weu", "aks-weu-3", Map.of("env", "Prod")),
                cluster("rg-weu", "aks-weu-4", Map.of()),
                cluster("rg-weu", "aks-weu-1", Map.of("env", "prod", "team", "shop"))))
        .containsExactly("aks-weu-1", "aks-weu-2");
  }

  @Test
  void takesTheClustersWhoseNameAndGroupFitWhateverTheCase() {
    assertThat(
            names(
                "  - select: { names: ['aks-???-1', 'old*'], resourceGroups: ['RG-w*'] }\n",
                prod("rg-weu", "AKS-weu-1"),
                prod("rg-weu", "aks-weu-12"),
                prod("rg-neu", "aks-neu-1"),
                prod("rg-weu", "older")))
        .containsExactly("AKS-weu-1", "older");
  }

  @Test
  void looksInItsOwnSubscriptionsAndNowhereElse() {
    var selection =
        Samples.selection(
            folder, HEAD + "  - select: { subscriptions: [\"" + Samples.NORTH + "\"] }\n");

    assertThat(selection.subscriptions()).containsExactly(Samples.NORTH);
    assertThat(selection.chosen(List.of(prod("rg-weu", "aks-weu-1")))).isEmpty();
  }

  @Test
  void leavesAListedClusterItsOwnSettings() {
    String file =
        PROD
            + "    environment: prod\n"
            + "  - { name: aks-weu-1, resourceGroup: rg-weu, as: west, optional: true }\n";

    var fleet =
        Samples.accepted(complete(file, prod("RG-WEU", "aks-weu-1"), prod("rg-weu", "aks-weu-2")))
            .fleet();

    assertThat(fleet.targets())
        .extracting(target -> target.name().value(), target -> target.environment())
        .containsExactly(tuple("aks-weu-2", Optional.of("prod")), tuple("west", Optional.empty()));
  }

  @Test
  void takesAClusterOnceThatTwoSelectionsGiveTheSameSettings() {
    assertThat(names(PROD + "  - select: { names: ['aks-*'] }\n", prod("rg-weu", "aks-weu-1")))
        .containsExactly("aks-weu-1");
  }

  @Test
  void refusesTwoSelectionsThatGiveOneClusterDifferentSettings() {
    assertThat(
            refused(
                PROD + "  - select: { names: ['aks-*'] }\n    optional: true\n",
                prod("rg-weu", "aks-weu-1")))
        .isEqualTo(
            """
            latchkey.yaml:8:5  clusters[1] selects the cluster aks-weu-1, and so does clusters[0] in line 7 with other settings.
                               Narrow one of them, or list the cluster by itself
            1 mistake. Azure was asked for its clusters, and nothing was changed.""");
  }

  @Test
  void refusesTwoClustersOfOneNameAndSaysHowToTellThemApart() {
    assertThat(refused(PROD, prod("rg-neu", "aks-1"), prod("rg-weu", "aks-1")))
        .contains("two clusters are called aks-1,", id("rg-neu", "aks-1").text())
        .contains(id("rg-weu", "aks-1").text())
        .contains("with a short name of its own as its `as`");
  }

  @Test
  void checksWhatDependsOnAFoundClusterAtThePlaceOfTheSelection() {
    assertThat(
            refused(
                PROD + "    identity: { name: shared }\n",
                prod("rg-weu", "aks-weu-1"),
                prod("rg-weu", "aks-weu-2")))
        .startsWith(
            "latchkey.yaml:7:5  the clusters aks-weu-1 and aks-weu-2 would share the managed"
                + " identity shared.");
  }

  @Test
  void refusesToFindNothingUnlessThereAreOtherClusters() {
    assertThat(refused(PROD, cluster("rg-weu", "aks-weu-1", Map.of())))
        .contains("clusters[0] selects nothing: Azure shows 1 cluster, and none fits");

    String more = PROD + "  - { name: aks-neu-1, resourceGroup: rg-neu }\n";
    assertThat(names(more)).containsExactly("aks-neu-1");
    assertThat(Samples.selection(folder, HEAD + more).idle(List.of()))
        .containsExactly("clusters[0].select (latchkey.yaml:7:5)");
  }

  @Test
  void isSuddenWhenMoreThanTheShareComesOrGoes() {
    var five = List.of(id(1), id(2), id(3), id(4), id(5));

    assertThat(change("", five, List.of(id(1), id(2), id(3), id(4))).isSudden()).isFalse();
    assertThat(change("", five, List.of(id(1), id(2), id(3))).isSudden()).isTrue();
    assertThat(
            change("", five, List.of(id(1), id(2), id(3), id(4), id(5), id(6), id(7))).isSudden())
        .isTrue();
    assertThat(change("    maxChange: 0%\n", five, List.of(id(1), id(2), id(3), id(4))).isSudden())
        .isTrue();
    assertThat(change("    maxChange: 40%\n", five, List.of(id(1), id(2), id(3))).isSudden())
        .isFalse();
  }

  @Test
  void isNeverSuddenWhereNothingIsManagedYet() {
    assertThat(change("", List.of(), List.of(id(1), id(2))).isSudden()).isFalse();
  }

  @Test
  void countsNoManagedClusterThatTheSelectionCouldNotFind() {
    var selection =
        Samples.selection(
            folder, HEAD + "  - select: { tags: { env: prod }, names: ['aks-weu-*'] }\n");

    var change =
        selection.change(List.of(id("rg-weu", "aks-weu-1")), List.of(id("rg-neu", "aks-neu-1")));

    assertThat(change.before()).isEmpty();
    assertThat(change.gone()).isEmpty();
  }

  private SelectionChange change(String more, List<ResourceId> managed, List<ResourceId> chosen) {
    return Samples.selection(folder, HEAD + PROD + more).change(chosen, managed);
  }

  private List<String> names(String clusters, ObservedCluster... found) {
    return Samples.accepted(complete(clusters, found)).fleet().targets().stream()
        .map(target -> target.name().value())
        .toList();
  }

  private String refused(String clusters, ObservedCluster... found) {
    return Samples.mistakes(complete(clusters, found)).render();
  }

  private Reading complete(String clusters, ObservedCluster... found) {
    return Samples.selection(folder, HEAD + clusters).complete(List.of(found));
  }

  private static ResourceId id(int number) {
    return id("rg-weu", "aks-weu-" + number);
  }

  private static ResourceId id(String group, String name) {
    return ResourceId.cluster(Samples.WEST, group, name);
  }

  private static ObservedCluster prod(String group, String name) {
    return cluster(group, name, Map.of("env", "prod"));
  }

  private static ObservedCluster cluster(String group, String name, Map<String, String> tags) {
    return new ObservedCluster(
        id(group, name),
        "westeurope",
        "1.34.1",
        "MC_" + name,
        "Succeeded",
        Power.RUNNING,
        new Reach.Anywhere(),
        Optional.empty(),
        Feature.OFF,
        SignIn.CERTIFICATE,
        Optional.empty(),
        List.of(),
        new Tags(tags),
        Optional.empty());
  }
}
