// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.engine;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What a run asks ARM for, counted in the sandbox's request log.
class RequestCountsTest {
  private static final int SECRETS = 2;
  private static final String READER = "1a7c4e80-0000-4000-8000-000000000001";

  @TempDir Path folder;

  /// Five for each cluster are the read right before its update, the update, the identity, the
  /// credential and the kubeconfig; then one for each secret. When nothing is to be done, two are
  /// left: the identity's credentials and the kubeconfig.
  @ParameterizedTest(name = "{0} clusters")
  @ValueSource(longs = {3, 12})
  void aColdRunAsksFiveTimesForEachClusterAndAWarmOneTwice(long clusters) throws IOException {
    List<JsonNode> cold;
    try (var stage = Stage.of((int) clusters, folder)) {
      assertThat(stage.deploy().complete()).isTrue();
      cold = requests();
      assertThat(stage.deploy().changes()).isZero();
    }

    Map<String, Long> kinds = kinds(cold);
    long watching = taken(kinds, "GET managedclusters/*") + taken(kinds, "GET managedclusters") - 1;
    assertThat(kinds)
        .isEqualTo(
            Map.ofEntries(
                entry("PUT managedclusters/*", clusters),
                entry("PUT userassignedidentities/*", clusters),
                entry("PUT userassignedidentities/*/federatedidentitycredentials/*", clusters),
                entry("POST managedclusters/*/listclusterusercredential", clusters),
                entry("PUT vaults/*/secrets/*/roleassignments/*", clusters * SECRETS),
                entry("GET userassignedidentities", 1L),
                entry("GET vaults/*", 1L),
                entry("GET vaults/*/roleassignments", 1L),
                // what could refuse the changes is looked for before the first of them
                entry("GET roleassignments", 1L),
                entry("GET locks", 1L),
                entry("GET vaults/*/permissions", 1L),
                entry("GET providers/*", 1L),
                entry("GET vaults/*/secrets/*", (long) SECRETS)));
    // one read right before each update; then one for all at each beat of the watch
    assertThat(watching).isGreaterThan(clusters);
    List<JsonNode> all = requests();
    assertThat(kinds(all.subList(cold.size(), all.size())))
        .isEqualTo(
            Map.of(
                "POST managedclusters/*/listclusterusercredential", clusters,
                "GET userassignedidentities/*/federatedidentitycredentials", clusters,
                "GET managedclusters", 1L,
                "GET userassignedidentities", 1L,
                "GET vaults/*", 1L,
                "GET vaults/*/roleassignments", 1L));
  }

  @Test
  void whoMayNotListTheSubscriptionListsResourceGroups() throws IOException {
    try (var stage = Stage.of(6, folder)) { // two in each of three groups
      stage.take(READER, Stage.SUBSCRIPTION);
      List.of("rg-weu", "rg-neu", "rg-sea", "rg-shared")
          .forEach(
              group ->
                  stage.give(
                      READER, Stage.PIPELINE, Stage.group(group), group.hashCode() & 0xffff));

      assertThat(stage.deploy().complete()).isTrue();
    }

    List<JsonNode> lists =
        requests().stream()
            .filter(line -> line.path("method").asString().equals("GET"))
            .filter(line -> line.path("path").asString().endsWith("/userAssignedIdentities"))
            .toList();
    assertThat(lists)
        .extracting(line -> line.path("status").asInt())
        .containsExactlyInAnyOrder(403, 200, 200, 200);
  }

  /// How often one kind was; it is no longer among them.
  private static long taken(Map<String, Long> kinds, String kind) {
    Long count = kinds.remove(kind);
    return count == null ? 0 : count;
  }

  /// How often each kind of request was made to ARM.
  private static Map<String, Long> kinds(List<JsonNode> requests) {
    return requests.stream()
        .filter(line -> line.path("path").asString().startsWith("/subscriptions/"))
        .collect(
            Collectors.groupingBy(RequestCountsTest::kind, TreeMap::new, Collectors.counting()));
  }

  /// Names are left out, and so is what stands before the type.
  private static String kind(JsonNode line) {
    String path =
        line.path("path")
            .asString()
            .toLowerCase(Locale.ROOT)
            .replaceFirst("^/subscriptions/[^/]+/providers/([^/]+)$", "providers/$1");
    String type = path.replaceFirst(".*?/providers/[^/]+/", "").replaceAll("/providers/[^/]+", "");
    String[] words = type.split("/", -1);
    for (int word = 1; word < words.length; word += 2) {
      words[word] = "*";
    }
    return line.path("method").asString() + " " + String.join("/", words);
  }

  private List<JsonNode> requests() throws IOException {
    return Files.readAllLines(folder.resolve("requests.jsonl")).stream()
        .map(line -> JsonMapper.shared().readTree(line))
        .toList();
  }
}
