// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.contract;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.latchkey.sandbox.access.Directory;
import dev.latchkey.sandbox.access.Principal;
import dev.latchkey.sandbox.arm.Throttling;
import dev.latchkey.sandbox.clock.Pace;
import dev.latchkey.sandbox.clock.SandboxClock;
import dev.latchkey.sandbox.clock.Seed;
import dev.latchkey.sandbox.cluster.ApiServers;
import dev.latchkey.sandbox.cluster.AzureResources;
import dev.latchkey.sandbox.cluster.AzureWorld;
import dev.latchkey.sandbox.contract.Recording.Exchange;
import dev.latchkey.sandbox.identity.CredentialWrites;
import dev.latchkey.sandbox.message.Answer;
import dev.latchkey.sandbox.message.Ask;
import dev.latchkey.sandbox.message.Origin;
import dev.latchkey.sandbox.token.Jwt;
import dev.latchkey.sandbox.token.Keys;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Replays recorded traffic against the sandbox, in process, and compares.
public final class Contract {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final String OWNER = "8e3af657-a8ff-443c-a75c-2fe8c4bcb635";
  private static final String CALLER = "93af6286-1c49-54ae-b6dc-414f784aa63f";
  private static final Pattern TENANT =
      Pattern.compile("(?:\"tenantId\":\"|in the directory )([0-9a-f-]{36})");
  private static final Pattern STRANGER = Pattern.compile("with object id '([0-9a-f-]{36})'");
  private static final List<String> HEADERS =
      List.of("location", "azure-asyncoperation", "x-ms-failure-cause", "retry-after");

  private final Keys keys = new Keys();
  private final Differences reasons = Differences.known();

  private Contract() {}

  /// Replays every file of a folder, each in a world of its own.
  public static Report replay(Path folder) throws IOException {
    var contract = new Contract();
    var lines = new ArrayList<Report.Line>();
    try (Stream<Path> files = Files.list(folder)) {
      files
          .filter(file -> file.toString().endsWith(".json"))
          .sorted()
          .forEach(file -> lines.addAll(contract.replayed(Recording.read(file))));
    }
    return new Report(lines);
  }

  private List<Report.Line> replayed(Recording recording) {
    String tenant = first(TENANT, recording).orElse(CALLER);
    String caller = first(STRANGER, recording).orElse(CALLER);
    var directory = new Directory();
    AzureResources azure = azure(tenant, directory);
    directory.add(
        new Principal(caller, caller, tenant, "recorder", Optional.empty(), Instant.EPOCH));
    if (recording.exchanges().stream().noneMatch(one -> one.status() == 403)) {
      azure.assign(caller, OWNER, "/");
    }
    var premises = new Premises(azure, directory, tenant, caller);
    var bindings = new Bindings();
    var lines = new ArrayList<Report.Line>();
    for (Exchange exchange : recording.exchanges()) {
      String path = bindings.translated(exchange.path());
      premises.set(exchange, path, bindings);
      Answer answer = asked(azure, exchange, path, bindings, token(tenant, caller), caller);
      lines.add(line(recording, exchange, answer, bindings));
    }
    return lines;
  }

  private AzureResources azure(String tenant, Directory directory) {
    return AzureResources.create(
        new AzureWorld(
            tenant,
            new SandboxClock(() -> START),
            Pace.INSTANT,
            Throttling.OFF,
            new Seed(1),
            keys,
            new PublicNames(),
            directory,
            () -> Contract::noServer,
            () -> {
              throw new IllegalStateException("no recording of these folders asks for secrets");
            }));
  }

  private static ApiServers.Endpoint noServer(String clusterId) {
    throw new IllegalStateException("no recording asks for credentials of " + clusterId);
  }

  private static Optional<String> first(Pattern pattern, Recording recording) {
    return recording.exchanges().stream()
        .map(exchange -> pattern.matcher(exchange.body().toString()))
        .filter(Matcher::find)
        .map(matcher -> matcher.group(1))
        .findFirst();
  }

  private String token(String tenant, String caller) {
    var claims =
        new JWTClaimsSet.Builder()
            .audience("https://management.azure.com")
            .claim("tid", tenant)
            .claim("oid", caller)
            .claim("appid", caller)
            .expirationTime(Date.from(START.plusSeconds(3600)))
            .build();
    return Jwt.sign(keys.of(tenant), claims);
  }

  private static Answer asked(
      AzureResources azure,
      Exchange exchange,
      String path,
      Bindings bindings,
      String token,
      String caller) {
    JsonNode sent = Body.of(exchange, caller);
    String body = sent.isMissingNode() ? "" : bindings.translated(sent.toString());
    var query = new LinkedHashMap<String, List<String>>();
    exchange
        .query()
        .forEach(
            (name, values) -> query.put(name, List.of(bindings.translated(values.getFirst()))));
    var ask =
        new Ask(
            new Origin.Front(),
            exchange.method(),
            path,
            query,
            Map.of("authorization", List.of("Bearer " + token)),
            body.getBytes(StandardCharsets.UTF_8),
            Optional.empty());
    if (!exchange.code().startsWith("ConcurrentFederatedIdentityCredentials")) {
      return azure.arm().answer(ask);
    }
    String identity = path.substring(0, path.indexOf("/federatedIdentityCredentials"));
    try (CredentialWrites.Permit _ = azure.credentialWrites().begin(identity).orElseThrow()) {
      return azure.arm().answer(ask);
    }
  }

  private Report.Line line(
      Recording recording, Exchange exchange, Answer answer, Bindings bindings) {
    var found = new ArrayList<String>();
    if (answer.status() != exchange.status()) {
      found.add("status: recorded " + exchange.status() + ", seen " + answer.status());
    }
    switch (recording.completeness()) {
      case WHOLE -> found.addAll(headers(exchange, answer));
      case QUOTED -> {
        // the headers of a quotation are unknown
      }
    }
    found.addAll(body(recording, exchange, answer, bindings));
    String operation = exchange.method() + " " + exchange.type();
    String reason =
        found.isEmpty() ? "" : reasons.reason(operation, exchange.apiVersion(), recording.file());
    return new Report.Line(recording.file(), operation, exchange.apiVersion(), found, reason);
  }

  private static List<String> headers(Exchange exchange, Answer answer) {
    return HEADERS.stream()
        .filter(header -> exchange.headers().containsKey(header) != has(answer, header))
        .map(header -> "header " + header + " only on one side")
        .toList();
  }

  private static boolean has(Answer answer, String header) {
    return answer.headers().keySet().stream().anyMatch(header::equalsIgnoreCase);
  }

  private static List<String> body(
      Recording recording, Exchange exchange, Answer answer, Bindings bindings) {
    JsonNode seen =
        answer.body() instanceof Answer.Body.Json(JsonNode tree)
            ? tree
            : JsonMapper.shared().missingNode();
    if (exchange.body().isMissingNode() || seen.isMissingNode()) {
      return exchange.body().isMissingNode() == seen.isMissingNode()
          ? List.of()
          : List.of("a body only on one side");
    }
    List<String> differences = bindings.differences(exchange.body(), seen);
    return switch (recording.completeness()) {
      case WHOLE -> differences;
      case QUOTED -> differences.stream().filter(one -> !one.endsWith("is not recorded")).toList();
    };
  }
}
