// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.rehearsal;

import dev.latchkey.cli.command.Surroundings;
import dev.latchkey.core.problem.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A sandbox of another process, steered over HTTPS with the token from its folder.
record RunningSandbox(Path folder, URI url, String token) {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /// The sandbox of a folder: the one named, or that of the surroundings, or where `sandbox start`
  /// writes by itself.
  static RunningSandbox of(Surroundings around, Optional<Path> named) {
    Path folder =
        around
            .folder()
            .resolve(
                named
                    .or(
                        () ->
                            Optional.ofNullable(around.environment().get("LATCHKEY_SANDBOX_DIR"))
                                .map(Path::of))
                    .orElse(SandboxCommand.FOLDER));
    return in(folder);
  }

  /// Lets nobody start another sandbox where one serves; files of one that has ended do no harm.
  ///
  /// @throws ProblemException when one answers there
  static void refuseSecond(Path folder) throws InterruptedException {
    RunningSandbox running;
    try {
      running = in(folder);
      JsonNode _ = running.ask("GET", "clock", "");
    } catch (ProblemException notThere) {
      return;
    }
    String address = running.url.getScheme() + "://" + running.url.getAuthority();
    throw new ProblemException(new RunningProblem.Occupied(folder, address));
  }

  private static RunningSandbox in(Path folder) {
    try {
      JsonNode control =
          JsonMapper.shared().readTree(Files.readString(folder.resolve("control.json")));
      return new RunningSandbox(
          folder, URI.create(control.path("url").asString("")), control.path("token").asString(""));
    } catch (IOException | JacksonException | IllegalArgumentException e) {
      throw new ProblemException(new RunningProblem.NotThere(folder), e);
    }
  }

  /// Sends one wish.
  ///
  /// @param body JSON; empty for none
  JsonNode ask(String method, String path, String body) throws InterruptedException {
    try (HttpClient client = HttpClient.newBuilder().sslContext(trust()).build()) {
      HttpResponse<String> answer =
          client.send(
              HttpRequest.newBuilder(url.resolve(path))
                  .timeout(PATIENCE)
                  .header("Authorization", "Bearer " + token)
                  .header("Content-Type", "application/json")
                  .method(method, BodyPublishers.ofString(body))
                  .build(),
              BodyHandlers.ofString());
      JsonNode tree = JsonMapper.shared().readTree(answer.body());
      if (answer.statusCode() >= 300) {
        throw new ProblemException(refused(tree));
      }
      return tree;
    } catch (IOException | GeneralSecurityException | JacksonException e) {
      String reason = Optional.ofNullable(e.getMessage()).orElse(e.getClass().getSimpleName());
      throw new ProblemException(new RunningProblem.Silent(folder, url + ": " + reason), e);
    }
  }

  private static RunningProblem refused(JsonNode tree) {
    JsonNode error = tree.path("error");
    return new RunningProblem.Refused(
        error.path("code").asString("refused"),
        error.path("message").asString(""),
        error.path("known").valueStream().map(each -> each.asString("")).toList());
  }

  private SSLContext trust() throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    byte[] pem = Files.readAllBytes(folder.resolve("ca.pem"));
    store.setCertificateEntry(
        "sandbox",
        CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(pem)));
    var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, factory.getTrustManagers(), null);
    return context;
  }
}
