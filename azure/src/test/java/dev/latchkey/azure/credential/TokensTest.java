// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.azure.credential;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.azure.cloud.Cloud;
import dev.latchkey.azure.fake.FakeTime;
import dev.latchkey.azure.fake.FakeWire;
import dev.latchkey.azure.transport.Agent;
import dev.latchkey.azure.transport.Transport;
import dev.latchkey.core.gate.Gate;
import dev.latchkey.core.gate.Limits;
import dev.latchkey.core.port.AzureProblem;
import dev.latchkey.core.problem.ProblemException;
import dev.latchkey.core.resource.ClientId;
import dev.latchkey.core.resource.PrincipalId;
import dev.latchkey.core.resource.TenantId;
import dev.latchkey.core.resource.Token;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// azure-identity itself runs here, over a table of answers.
class TokensTest {
  private static final String TENANT = "11111111-1111-1111-1111-111111111111";
  private static final String CLIENT = "22222222-2222-2222-2222-222222222222";
  private static final Cloud CLOUD =
      new Cloud(
          "Sandbox",
          URI.create("https://localhost:8443"),
          "https://management.core.windows.net//.default",
          URI.create("https://localhost:8443/"),
          "vault.localhost:8443",
          "https://vault.localhost/.default",
          Cloud.Kind.CUSTOM);

  @TempDir Path folder;

  private final FakeWire wire = new FakeWire();
  private final FakeTime time = new FakeTime();

  @Test
  void signsInWithTheFileOfAPodAndKeepsTheToken() throws IOException {
    wire.answer(200, issued(jwt()));
    Tokens tokens = tokens(workload());

    assertThat(tokens.caller())
        .isEqualTo(
            new Caller(
                new PrincipalId("object"),
                new TenantId(TENANT),
                new ClientId(CLIENT),
                "workload identity federation"));
    assertThat(tokens.forArm().<String>use(text -> text)).isEqualTo(jwt());

    assertThat(wire.sent).hasSize(1);
    assertThat(wire.sent.getFirst().uri().toString())
        .isEqualTo("https://localhost:8443/" + TENANT + "/oauth2/v2.0/token");
    assertThat(wire.sent.getFirst().body()).contains("client_assertion=assertion");
    assertThat(wire.sent.getFirst().headers().firstValue("User-Agent"))
        .contains("latchkey/1.0 run");
  }

  @Test
  void asksForClustersWithTheScopeOfTheAksServer() throws IOException {
    wire.answer(200, issued("for-clusters"));

    Token token = tokens(workload()).forClusters();

    assertThat(token.<String>use(text -> text)).isEqualTo("for-clusters");
    assertThat(wire.sent.getFirst().body()).contains("6dae42f8-4368-4678-94ff-3960e28e3630");
  }

  @Test
  void tellsWhyEntraRefused() throws IOException {
    wire.answer(
        401,
        "{\"error\":\"invalid_client\",\"error_description\":\"AADSTS700024: Client assertion is"
            + " not within its valid time range. Trace ID: 1 Correlation ID:"
            + " 55555555-5555-4555-8555-555555555555\",\"error_codes\":[700024]}");
    Tokens tokens = tokens(workload());

    assertThatThrownBy(tokens::forArm)
        .extracting(failure -> ((ProblemException) failure).problem())
        .isInstanceOfSatisfying(
            AzureProblem.SignInFailed.class,
            failed -> {
              assertThat(failed.refusal().orElseThrow().code()).isEqualTo("AADSTS700024");
              assertThat(failed.reason())
                  .isEqualTo("AADSTS700024: Client assertion is not within its valid time range.");
            });
    assertThat(wire.sent).hasSize(1);
  }

  @Test
  void asksAgainWhileEntraCannotReadWhoIssuedTheAssertion() throws IOException {
    String refusal =
        "{\"error\":\"invalid_request\",\"error_description\":\"AADSTS501661: Request to External"
            + " OIDC endpoint failed.\",\"error_codes\":[501661]}";
    wire.answer(400, refusal).answer(400, refusal).answer(200, issued(jwt()));

    assertThat(tokens(workload()).forArm().<String>use(text -> text)).isEqualTo(jwt());
    assertThat(wire.isDone()).isTrue();
  }

  @Test
  void tellsThatNobodyAnswers() throws IOException {
    for (int attempt = 0; attempt < 3; attempt++) {
      wire.failure(new ConnectException());
    }
    Tokens tokens = tokens(workload());

    assertThatThrownBy(tokens::forArm)
        .extracting(failure -> ((ProblemException) failure).problem())
        .isEqualTo(
            new AzureProblem.Unreachable("Signing in", "localhost:8443", "connection refused"));
    assertThat(wire.isDone()).isTrue();
  }

  @Test
  void asksThePipelineForANewAssertion() {
    wire.answer(200, "{\"oidcToken\":\"for-the-look-into-the-cache\"}") // the library asks twice
        .answer(200, "{\"oidcToken\":\"from-the-job\"}")
        .answer(200, issued(jwt()));
    var source =
        new Source.Pipelines(TENANT, CLIENT, "connection", "https://dev.azure.com/o/oidctoken");

    tokens(source).forArm();

    assertThat(wire.sent.getFirst().uri().toString())
        .isEqualTo(
            "https://dev.azure.com/o/oidctoken?api-version=7.1&serviceConnectionId=connection");
    assertThat(wire.sent.getFirst().headers().firstValue("Authorization"))
        .contains("Bearer job-token");
    assertThat(wire.sent.getLast().body()).contains("client_assertion=from-the-job");
    assertThat(wire.sent.getLast().uri().toString())
        .isEqualTo("https://localhost:8443/" + TENANT + "/oauth2/v2.0/token");
  }

  @Test
  void asksAgainShortlyBeforeATokenEndsByTheClockOfTheRun() throws IOException {
    wire.answer(200, issued("first")).answer(200, issued("second"));
    Tokens tokens = tokens(workload());
    tokens.forArm();

    time.pause(Duration.ofHours(23).plusMinutes(56));
    assertThat(tokens.forArm().<String>use(text -> text)).isEqualTo("first");

    time.pause(Duration.ofMinutes(1));
    assertThat(tokens.forArm().<String>use(text -> text)).isEqualTo("second");
  }

  @Test
  void signsInAnewForATokenThatWasRefusedAndOnlyOnce() throws IOException {
    wire.answer(200, issued("first")).answer(200, issued("second"));
    Tokens tokens = tokens(workload());
    Token first = tokens.forArm();

    Token second = tokens.forArmInsteadOf(first);

    assertThat(second.<String>use(text -> text)).isEqualTo("second");
    assertThat(tokens.forArmInsteadOf(first)).isSameAs(second);
    assertThat(tokens.forArm()).isSameAs(second);
    assertThat(wire.isDone()).isTrue();
  }

  private Source workload() throws IOException {
    Path file = Files.writeString(folder.resolve("token"), "assertion");
    return new Source.Workload(TENANT, CLIENT, file);
  }

  private Tokens tokens(Source source) {
    var transport = new Transport(wire, new Gate(Limits.azure()), time, new Agent("1.0", "run"));
    return new Tokens(new SignIn(source, new Token("job-token"), CLOUD, transport), CLOUD, time);
  }

  private static String issued(String token) {
    return "{\"token_type\":\"Bearer\",\"expires_in\":86399,\"ext_expires_in\":86399,"
        + "\"access_token\":\"%s\"}".formatted(token);
  }

  private static String jwt() {
    String claims =
        "{\"oid\":\"object\",\"tid\":\"%s\",\"appid\":\"%s\"}".formatted(TENANT, CLIENT);
    var encoder = Base64.getUrlEncoder().withoutPadding();
    return encoder.encodeToString("{}".getBytes(UTF_8))
        + "."
        + encoder.encodeToString(claims.getBytes(UTF_8))
        + ".signature";
  }
}
