// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.sandbox.clock.Activity;
import dev.latchkey.sandbox.clock.SandboxClock;
import dev.latchkey.sandbox.clock.Seed;
import dev.latchkey.sandbox.cluster.ApiServers.Endpoint;
import dev.latchkey.sandbox.cluster.ClusterView;
import dev.latchkey.sandbox.cluster.Clusters;
import dev.latchkey.sandbox.fault.Faults;
import dev.latchkey.sandbox.message.Answer;
import dev.latchkey.sandbox.message.Ask;
import dev.latchkey.sandbox.message.Service;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class WireTest {
  private static final String CLUSTER = "/subscriptions/s/managedclusters/aks-weu-1";

  @TempDir Path folder;
  private final SandboxClock clock = SandboxClock.wall();
  private final BlockingQueue<String> events = new ArrayBlockingQueue<>(10);
  private final AtomicReference<Optional<Instant>> down = new AtomicReference<>(Optional.empty());
  private CertificateAuthority authority = new CertificateAuthority("test", clock);
  private Wire wire = new Wire();
  private final Faults faults = new Faults(new Seed(1), _ -> Optional.empty(), _ -> {});
  private RequestLog log = RequestLog.to(Optional.empty());
  private Reception reception =
      new Reception(clock, log, faults, new Activity(), new CompletableFuture<>());
  private ClusterPorts ports = new ClusterPorts(clock, wire, reception);
  private HttpClient client = HttpClient.newHttpClient();
  private int port;

  @BeforeEach
  void start() {
    Map<Door.Place, Service> services = new EnumMap<>(Door.Place.class);
    services.put(Door.Place.ARM, WireTest::echo);
    services.put(Door.Place.KEYVAULT, WireTest::echo);
    services.put(Door.Place.KUBERNETES, this::kubernetes);
    log = RequestLog.to(Optional.of(folder.resolve("requests.jsonl")));
    reception =
        new Reception(
            clock,
            log,
            faults,
            new Activity(),
            CompletableFuture.completedFuture(new Door(services)));
    ports = new ClusterPorts(clock, wire, reception);
    ports.serve(new OneCluster());
    port =
        wire.listen(
            0,
            authority.server(
                List.of("localhost", "*.vault.localhost"), List.of("127.0.0.1", "::1")),
            exchange -> reception.take(exchange, Door::front));
    client = client(authority.client());
  }

  @AfterEach
  void stop() {
    client.shutdownNow();
    ports.close();
    reception.close();
    wire.close();
    log.close();
  }

  @Test
  void servesHttpsOnLocalhostWithItsOwnAuthority() throws Exception {
    HttpResponse<String> answer = get("https://localhost:" + port + "/subscriptions?api-version=1");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("{\"origin\":\"Front[]\",\"path\":\"/subscriptions\"}");
    assertThat(answer.headers().firstValue("content-type"))
        .contains("application/json; charset=utf-8");
  }

  @Test
  void isNotBelievedByWhoDoesNotTrustItsAuthority() {
    try (HttpClient stranger = HttpClient.newHttpClient()) {
      assertThatThrownBy(
              () ->
                  stranger.send(
                      request("https://localhost:" + port + "/"), BodyHandlers.ofString()))
          .isInstanceOf(SSLHandshakeException.class);
    }
  }

  @Test
  void tellsVaultsApartByTheirHostName() {
    assertThat(Door.front("kv-shared.vault.localhost:1").map(Object::toString))
        .contains("Vault[vault=kv-shared]");
    assertThat(Door.front("[::1]:1").map(Object::toString)).contains("Front[]");
  }

  @Test
  void turnsAwayNamesThatAreNotItsOwn() {
    assertThat(Door.front("rebound.example:1")).isEmpty();
    assertThat(Door.front("localhost.example")).isEmpty();
    assertThat(Door.front("")).isEmpty();
  }

  @Test
  void writesOneLinePerRequestWithoutAnythingSecret() throws Exception {
    client.send(
        HttpRequest.newBuilder(
                URI.create(
                    "https://localhost:"
                        + port
                        + "/subscriptions/s?api-version=2022-12-01&x=SECRET"))
            .header("Authorization", "Bearer SECRET")
            .PUT(HttpRequest.BodyPublishers.ofString("SECRET"))
            .build(),
        BodyHandlers.ofString());

    List<String> lines = Files.readAllLines(folder.resolve("requests.jsonl"));
    assertThat(lines).hasSize(1);
    var line = JsonMapper.shared().readTree(lines.getFirst());
    assertThat(line.propertyNames())
        .containsExactly("time", "service", "method", "path", "apiVersion", "status", "principal");
    assertThat(line.path("service").asString()).isEqualTo("arm");
    assertThat(line.path("method").asString()).isEqualTo("PUT");
    assertThat(line.path("path").asString()).isEqualTo("/subscriptions/s");
    assertThat(line.path("apiVersion").asString()).isEqualTo("2022-12-01");
    assertThat(line.path("status").asInt()).isEqualTo(200);
    assertThat(lines.getFirst()).doesNotContain("SECRET");
  }

  @Test
  void givesEachClusterAPortAndAnAuthorityOfItsOwn() throws Exception {
    Endpoint endpoint = ports.endpoint(CLUSTER);

    try (HttpClient anonymous = client(trusting(endpoint.certificateAuthorityPem(), null))) {
      assertThat(
              anonymous
                  .send(request(endpoint.server() + "/version"), BodyHandlers.ofString())
                  .body())
          .isEqualTo("{\"certificate\":\"\"}");
    }
    assertThat(ports.endpoint(CLUSTER.toUpperCase(Locale.ROOT))).isEqualTo(endpoint);
    assertThat(endpoint.certificateAuthorityPem()).isNotEqualTo(authority.pem());
  }

  @Test
  void knowsAClusterAdministratorByItsCertificate() throws Exception {
    Endpoint endpoint = ports.endpoint(CLUSTER);

    try (HttpClient admin = client(trusting(endpoint.certificateAuthorityPem(), endpoint))) {
      assertThat(
              admin.send(request(endpoint.server() + "/version"), BodyHandlers.ofString()).body())
          .isEqualTo("{\"certificate\":\"CN=masterclient, O=system:masters\"}");
    }
  }

  @Test
  void sendsEachEventOfAStreamAtOnceAndCutsItWhenTheServerGoesDown() throws Exception {
    Endpoint endpoint = ports.endpoint(CLUSTER);
    try (HttpClient watcher = client(trusting(endpoint.certificateAuthorityPem(), null))) {
      HttpResponse<InputStream> answer =
          watcher.send(request(endpoint.server() + "/watch"), BodyHandlers.ofInputStream());
      InputStream body = answer.body();

      events.add("one\n");
      assertThat(new String(body.readNBytes(4), StandardCharsets.UTF_8)).isEqualTo("one\n");
      events.add("two\n");
      assertThat(new String(body.readNBytes(4), StandardCharsets.UTF_8)).isEqualTo("two\n");
      down.set(Optional.of(clock.now().plusSeconds(60)));

      assertThatThrownBy(() -> body.readNBytes(1)).isInstanceOf(IOException.class);
      assertThatThrownBy(
              () -> watcher.send(request(endpoint.server() + "/version"), BodyHandlers.ofString()))
          .isInstanceOf(IOException.class);
    }
  }

  private static Answer echo(Ask ask) {
    return Answer.json(
        200,
        JsonMapper.shared()
            .createObjectNode()
            .put("origin", ask.origin().toString())
            .put("path", ask.path()));
  }

  private Answer kubernetes(Ask ask) {
    if (ask.path().equals("/watch")) {
      return new Answer(
          200,
          Map.of(),
          new Answer.Body.Stream(
              out -> {
                while (true) {
                  out.write(events.take().getBytes(StandardCharsets.UTF_8));
                }
              }));
    }
    return Answer.json(
        200,
        JsonMapper.shared()
            .createObjectNode()
            .put("certificate", ask.clientCertificate().orElse("")));
  }

  private HttpResponse<String> get(String url) throws IOException, InterruptedException {
    return client.send(request(url), BodyHandlers.ofString());
  }

  private static HttpRequest request(String url) {
    return HttpRequest.newBuilder(URI.create(url)).build();
  }

  private static HttpClient client(SSLContext tls) {
    return HttpClient.newBuilder().sslContext(tls).build();
  }

  private static SSLContext trusting(String authorityPem, @Nullable Endpoint identity)
      throws Exception {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("ca", certificate(authorityPem));
    var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(
        identity == null ? null : keyManagers(identity).getKeyManagers(),
        trust.getTrustManagers(),
        null);
    return context;
  }

  private static KeyManagerFactory keyManagers(Endpoint identity) throws Exception {
    KeyStore own = KeyStore.getInstance("PKCS12");
    own.load(null, null);
    String key = identity.clientKeyPem().replaceAll("-----.*-----|\\s", "");
    own.setKeyEntry(
        "client",
        KeyFactory.getInstance("EC")
            .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(key))),
        new char[0],
        new Certificate[] {certificate(identity.clientCertificatePem())});
    var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(own, new char[0]);
    return factory;
  }

  private static Certificate certificate(String pem) throws Exception {
    return CertificateFactory.getInstance("X.509")
        .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
  }

  private final class OneCluster implements Clusters {
    @Override
    public Optional<ClusterView> find(String id) {
      return all().stream().filter(cluster -> cluster.id().equalsIgnoreCase(id)).findFirst();
    }

    @Override
    public List<ClusterView> all() {
      return List.of(
          new ClusterView(
              CLUSTER,
              "uid",
              "aks-weu-1",
              "rg-weu",
              "s",
              "westeurope",
              "t",
              "1.32",
              ClusterView.Authorization.LOCAL,
              ClusterView.Power.RUNNING,
              Optional.empty(),
              Optional.empty(),
              List.of(),
              down.get()));
    }
  }
}
