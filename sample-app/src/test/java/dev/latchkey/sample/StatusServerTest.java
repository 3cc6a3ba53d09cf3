// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StatusServerTest {
  private static final WantedSecret SECRET = new WantedSecret("payment-api-key", "PAYMENT_KEY");

  private final Board board =
      new Board(List.of(SECRET), () -> Instant.parse("2026-11-25T12:00:00Z"), _ -> {});
  private final HttpClient client = HttpClient.newHttpClient();
  private StatusServer server;

  @BeforeEach
  void start() throws IOException {
    server = new StatusServer(0, board);
  }

  @AfterEach
  void stop() {
    server.close();
    client.close();
  }

  @Test
  void isAliveBeforeAnySecretIsThere() throws Exception {
    assertThat(get("/healthz/live").statusCode()).isEqualTo(200);
    assertThat(get("/healthz/ready").statusCode()).isEqualTo(503);
  }

  @Test
  void tellsPerSecretWhichHopRefusedIt() throws Exception {
    board.note(SECRET, Optional.of(new Refusal(Hop.KEY_VAULT, "ForbiddenByRbac")));

    var answer = get("/healthz/ready");

    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.body())
        .isEqualToIgnoringNewLines(
            """
            {"ready":false,"secrets":[{"name":"payment-api-key","as":"PAYMENT_KEY","state":"refused",\
            "refusedAt":"2026-11-25T12:00:00Z","hop":"key vault","code":"ForbiddenByRbac"}]}""");
  }

  @Test
  void isReadyAndTellsWhenEachSecretWasRead() throws Exception {
    board.note(SECRET, Optional.empty());

    assertThat(get("/healthz/ready").statusCode()).isEqualTo(200);
    assertThat(get("/").body())
        .isEqualToIgnoringNewLines(
            """
            {"ready":true,"secrets":[{"name":"payment-api-key","as":"PAYMENT_KEY","state":"read",\
            "readAt":"2026-11-25T12:00:00Z"}]}""");
  }

  @Test
  void knowsNoOtherPage() throws Exception {
    assertThat(get("/values").statusCode()).isEqualTo(404);
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    var address = URI.create("http://localhost:" + server.port() + path);
    return client.send(
        HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
  }
}
