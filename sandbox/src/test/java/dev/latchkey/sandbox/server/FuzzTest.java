// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.JWTParser;
import dev.latchkey.sandbox.message.Answer;
import dev.latchkey.sandbox.message.Ask;
import dev.latchkey.sandbox.message.Origin;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Requests that nobody should send. A failure names the seed; `-Dlatchkey.fuzz.seed=N` repeats it.
class FuzzTest {
  private static final long SEED = Long.getLong("latchkey.fuzz.seed", 20260101);
  private static final int IN_PROCESS = 100_000;
  private static final int OVER_TLS = 2_000;
  private static final int CLIENTS = 16;
  private static final String KEY_VAULT_ADMINISTRATOR = "00482a5a-887f-4fb3-b363-3b7fe8e74483";
  private static final String GOOD = "GET /metadata/endpoints?api-version=2022-09-01 HTTP/1.1\r\n";
  private static final Duration SLOW = Duration.ofSeconds(5);
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final Rehearsal rehearsal = Rehearsal.start();
  private final Sandbox sandbox = rehearsal.sandbox;
  private final Set<String> secrets = sandbox.secretsIssued();

  @AfterEach
  void stop() {
    rehearsal.close();
  }

  @Test
  @Timeout(value = 10, unit = TimeUnit.MINUTES)
  void answersWhatNobodyShouldAskAsAzureDoes() {
    List<String> good = operatorTokens();
    var malformed = new Malformed(SEED, good, otherTokens());
    Map<String, String> failures = new TreeMap<>();

    for (int index = 0; index < IN_PROCESS; index++) {
      Ask ask = malformed.number(index);
      Optional<String> failure = failure(ask, good);
      int number = index;
      failure.ifPresent(kind -> failures.putIfAbsent(kind, number + ": " + shown(ask)));
    }

    assertThat(failures).as("seed " + SEED).isEmpty();
  }

  private Optional<String> failure(Ask ask, List<String> good) {
    long start = THREADS.getCurrentThreadCpuTime();
    try {
      Answer answer = sandbox.answer(ask);
      if (Duration.ofNanos(THREADS.getCurrentThreadCpuTime() - start).compareTo(SLOW) > 0) {
        return Optional.of("slow");
      }
      if (answer.status() >= 500) {
        return Optional.of("status " + answer.status() + " " + Rehearsal.tree(answer));
      }
      return ask.bearer().filter(good::contains).isPresent() ? Optional.empty() : leak(ask, answer);
    } catch (RuntimeException | StackOverflowError e) {
      return Optional.of(e.getClass().getName() + " at " + ours(e));
    }
  }

  private static String ours(Throwable failure) {
    return Stream.of(failure.getStackTrace())
        .map(StackTraceElement::toString)
        .filter(frame -> frame.contains("dev.latchkey"))
        .findFirst()
        .orElse("a library");
  }

  /// Nobody else may read secrets, so no answer to others holds the value of one.
  private Optional<String> leak(Ask ask, Answer answer) {
    String text = Rehearsal.tree(answer).toString();
    return ask.origin() instanceof Origin.Vault && secrets.stream().anyMatch(text::contains)
        ? Optional.of("leak")
        : Optional.empty();
  }

  private static String shown(Ask ask) {
    return "%s %s %s %s %s %s"
        .formatted(
            ask.origin(), ask.method(), ask.path(), ask.query(), ask.headers(), cut(ask.text()));
  }

  private static String cut(String text) {
    return text.length() > 300 ? text.substring(0, 300) : text;
  }

  @Test
  @Timeout(value = 10, unit = TimeUnit.MINUTES)
  void whatIsNoHttpAtAllHarmsNobody() throws Exception {
    RawClient raw = RawClient.of(sandbox);
    var malformed = new MalformedBytes(SEED);
    Map<Integer, Integer> failures = new ConcurrentSkipListMap<>();

    try (ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
      for (int index = 0; index < OVER_TLS; index++) {
        int number = index;
        clients.execute(
            () ->
                raw.failure(malformed.number(number))
                    .ifPresent(status -> failures.put(number, status)));
      }
    }

    assertThat(failures).as("seed " + SEED).isEmpty();
    Rehearsal.eventually(() -> raw.status(GOOD) == 200);
  }

  @Test
  void acceptsNoForgedTokenAnywhere() throws Exception {
    rehearsal.deployed();
    String arm = rehearsal.pipelineToken("https://management.azure.com/.default");
    String vault =
        rehearsal.pipelineToken("https://" + LoopbackAddresses.VAULT_DOMAIN + "/.default");
    String cluster = rehearsal.pipelineToken("6dae42f8-4368-4678-94ff-3960e28e3630/.default");
    Map<String, Integer> statuses = new TreeMap<>();

    assertThat(status(armRead(), arm)).isEqualTo(200);
    assertThat(status(vaultRead(), vault)).isEqualTo(403);
    assertThat(status(clusterRead(), cluster)).isEqualTo(200);
    for (var forged : forgeries(arm).entrySet()) {
      statuses.put("ARM, " + forged.getKey(), status(armRead(), forged.getValue()));
    }
    for (var forged : forgeries(vault).entrySet()) {
      statuses.put("Key Vault, " + forged.getKey(), status(vaultRead(), forged.getValue()));
    }
    for (var forged : forgeries(cluster).entrySet()) {
      statuses.put("cluster, " + forged.getKey(), status(clusterRead(), forged.getValue()));
    }

    assertThat(statuses)
        .hasSizeGreaterThan(40)
        .allSatisfy((_, status) -> assertThat(status).isEqualTo(401));
  }

  @Test
  void exchangesNoForgedAssertion() throws Exception {
    rehearsal.deployed();
    String assertion = rehearsal.assertion();
    JWTClaimsSet claims = JWTParser.parse(assertion).getJWTClaimsSet();
    Map<String, Integer> statuses = new TreeMap<>();

    assertThat(rehearsal.exchanged(assertion)).isEqualTo(200);
    new Forgeries(claims, rehearsal.issuerKeys())
        .all()
        .forEach((kind, token) -> statuses.put(kind, rehearsal.exchanged(token)));

    assertThat(statuses)
        .hasSize(10)
        .allSatisfy((_, status) -> assertThat(status).isBetween(400, 401));
  }

  /// Forged signatures, and tokens of this tenant's own key that are not for here or not for now.
  private Map<String, String> forgeries(String good) throws Exception {
    JWTClaimsSet claims = JWTParser.parse(good).getJWTClaimsSet();
    Map<String, String> all = new TreeMap<>(new Forgeries(claims, tenantKeys()).all());
    Instant now = sandbox.clock().now();
    Date past = Date.from(now.minus(Duration.ofDays(2)));
    Date future = Date.from(now.plus(Duration.ofDays(2)));
    all.put("expired", own(new JWTClaimsSet.Builder(claims).expirationTime(past).build()));
    all.put("not yet valid", own(new JWTClaimsSet.Builder(claims).notBeforeTime(future).build()));
    all.put(
        "for another audience",
        own(new JWTClaimsSet.Builder(claims).audience("https://graph.microsoft.com").build()));
    all.put(
        "of another tenant",
        own(
            new JWTClaimsSet.Builder(claims)
                .issuer("https://sts.windows.net/22222222-2222-2222-2222-222222222222/")
                .claim("tid", "22222222-2222-2222-2222-222222222222")
                .build()));
    return all;
  }

  private String own(JWTClaimsSet claims) {
    return sandbox.signed(claims);
  }

  private JWKSet tenantKeys() throws Exception {
    return JWKSet.parse(
        Rehearsal.tree(get("/" + DefaultFleet.TENANT + "/discovery/v2.0/keys")).toString());
  }

  private Answer get(String path) {
    return sandbox.answer(
        new Ask(
            new Origin.Front(), "GET", path, Map.of(), Map.of(), new byte[0], Optional.empty()));
  }

  private int status(Ask ask, String token) {
    return sandbox
        .answer(
            new Ask(
                ask.origin(),
                ask.method(),
                ask.path(),
                ask.query(),
                Map.of("authorization", List.of("Bearer " + token)),
                ask.body(),
                Optional.empty()))
        .status();
  }

  private static Ask armRead() {
    return read(new Origin.Front(), Rehearsal.CLUSTER_ID, "2025-03-01");
  }

  private static Ask vaultRead() {
    return read(new Origin.Vault(DefaultFleet.VAULT), "/secrets/db-password/", "7.4");
  }

  private static Ask clusterRead() {
    return read(
        new Origin.Cluster(Rehearsal.CLUSTER_ID.toLowerCase(Locale.ROOT)), "/api/v1/pods", "");
  }

  private static Ask read(Origin origin, String path, String version) {
    return new Ask(
        origin,
        "GET",
        path,
        Map.of("api-version", List.of(version)),
        Map.of(),
        new byte[0],
        Optional.empty());
  }

  /// Tokens of the operator, who owns the subscriptions and, here, the vault's secrets.
  private List<String> operatorTokens() {
    rehearsal.grant(KEY_VAULT_ADMINISTRATOR, DefaultFleet.OPERATOR_OBJECT, DefaultFleet.vaultId());
    String arm = operatorToken("https://management.azure.com/");
    String vault = operatorToken("https://" + LoopbackAddresses.VAULT_DOMAIN);
    String cluster = operatorToken("6dae42f8-4368-4678-94ff-3960e28e3630");
    return List.of(arm, arm, vault, cluster);
  }

  private String operatorToken(String audience) {
    Instant now = sandbox.clock().now();
    return sandbox.signed(
        new JWTClaimsSet.Builder()
            .audience(audience)
            .issuer("https://sts.windows.net/" + DefaultFleet.TENANT + "/")
            .subject(DefaultFleet.OPERATOR_OBJECT)
            .claim("oid", DefaultFleet.OPERATOR_OBJECT)
            .claim("appid", DefaultFleet.OPERATOR_CLIENT)
            .claim("tid", DefaultFleet.TENANT)
            .issueTime(Date.from(now))
            .notBeforeTime(Date.from(now))
            .expirationTime(Date.from(now.plus(Duration.ofHours(2))))
            .build());
  }

  /// A good one of the pipeline, which may read no secret, and bad ones.
  private List<String> otherTokens() {
    return List.of(
        rehearsal.pipelineToken("https://" + LoopbackAddresses.VAULT_DOMAIN + "/.default"),
        "",
        ".",
        "..",
        "...",
        "a.b.c",
        "e30.e30.",
        "eyJhbGciOiJSUzI1NiJ9.W10.x",
        "\u0000");
  }
}
