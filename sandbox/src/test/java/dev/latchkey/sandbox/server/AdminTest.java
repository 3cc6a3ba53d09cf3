// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.sandbox.admin.Admin;
import dev.latchkey.sandbox.message.Answer;
import dev.latchkey.sandbox.message.Ask;
import dev.latchkey.sandbox.message.Origin;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AdminTest {
  @TempDir static Path folder;
  private final Sandbox sandbox = Sandbox.start(Options.defaults());
  private String token = "";

  @BeforeAll
  void readToken() throws Exception {
    sandbox.writeTo(folder);
    token = control().path("token").asString();
  }

  @AfterAll
  void stop() {
    sandbox.close();
  }

  private static JsonNode control() throws Exception {
    return JsonMapper.shared().readTree(Files.readString(folder.resolve("control.json")));
  }

  @Test
  void isFoundThroughAFileOfItsOwnerAlone() throws Exception {
    assertThat(control().path("url").asString()).isEqualTo(sandbox.url() + Admin.PREFIX);
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(folder.resolve("control.json"))))
        .isEqualTo("rw-------");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "wrong"})
  void admitsNobodyWithoutTheToken(String shown) {
    Answer answer = ask("GET", "clock", "", shown);

    assertThat(answer.status()).isEqualTo(401);
  }

  @Test
  void letsTimePass() {
    Instant before = sandbox.clock().now();

    Answer answer = ask("POST", "clock/advance", "{\"by\":\"PT48H\"}", token);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(Duration.between(before, sandbox.clock().now())).isBetween(hours(48), hours(49));
  }

  private static Duration hours(int hours) {
    return Duration.ofHours(hours);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "[", "{\"by\":\"-PT1H\"}", "{\"by\":\"1h\"}", "{\"by\":1}"})
  void refusesWhatIsNoDuration(String body) {
    assertThat(code(ask("POST", "clock/advance", body, token))).isEqualTo("not-a-duration");
  }

  @Test
  void setsListsAndUndoesAMistake() {
    assertThat(body(ask("PUT", "premises/webhook-absent/aks-weu-1", "", token)).path("state"))
        .hasToString("\"waits\"");
    assertThat(body(ask("GET", "premises", "", token)))
        .hasToString("{\"value\":[{\"kind\":\"webhook-absent\",\"cluster\":\"aks-weu-1\"}]}");

    assertThat(ask("DELETE", "premises/webhook-absent/aks-weu-1", "", token).status())
        .isEqualTo(200);
    assertThat(body(ask("GET", "premises", "", token))).hasToString("{\"value\":[]}");
  }

  @Test
  void saysWhichKindsAndClustersThereAre() {
    JsonNode kind = body(ask("PUT", "premises/no-such/aks-weu-1", "", token)).path("error");
    JsonNode cluster = body(ask("PUT", "premises/missing-role/aks-1", "", token)).path("error");

    assertThat(kind.path("code").asString()).isEqualTo("no-such-kind");
    assertThat(kind.path("known").valueStream().map(JsonNode::asString)).contains("missing-role");
    assertThat(cluster.path("code").asString()).isEqualTo("no-such-cluster");
    assertThat(cluster.path("known").valueStream().map(JsonNode::asString))
        .containsExactly("aks-neu-1", "aks-sea-1", "aks-weu-1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "clock/advance", "premises/a/b/c", "premises/missing-role", "other"})
  void knowsNoOtherCalls(String path) {
    assertThat(code(ask("GET", path, "", token))).isEqualTo("no-such-call");
  }

  private static String code(Answer answer) {
    return body(answer).at("/error/code").asString();
  }

  private static JsonNode body(Answer answer) {
    return Rehearsal.tree(answer);
  }

  private Answer ask(String method, String path, String body, String shown) {
    return sandbox.answer(
        new Ask(
            new Origin.Front(),
            method,
            Admin.PREFIX + path,
            Map.of(),
            Map.of("authorization", List.of("Bearer " + shown)),
            body.getBytes(StandardCharsets.UTF_8),
            Optional.empty()));
  }
}
