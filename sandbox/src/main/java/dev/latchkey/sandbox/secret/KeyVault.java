// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.secret;

import dev.latchkey.sandbox.access.Access;
import dev.latchkey.sandbox.clock.Pace;
import dev.latchkey.sandbox.clock.SandboxClock;
import dev.latchkey.sandbox.clock.Seed;
import dev.latchkey.sandbox.limit.Throttling;
import dev.latchkey.sandbox.message.Addresses;
import dev.latchkey.sandbox.message.Answer;
import dev.latchkey.sandbox.message.Ask;
import dev.latchkey.sandbox.message.Origin;
import dev.latchkey.sandbox.message.Service;
import dev.latchkey.sandbox.secret.KnownVaults.Rules;
import dev.latchkey.sandbox.token.Keys;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The data plane of all vaults, for secrets.
public final class KeyVault implements Service {
  private static final Set<String> VERSIONS =
      Set.of(
          "2016-10-01",
          "7.0",
          "7.1-preview",
          "7.1",
          "7.2-preview",
          "7.2",
          "7.3-preview",
          "7.3",
          "7.4-preview.1",
          "7.4",
          "7.5-preview.1",
          "7.5",
          "7.6-preview.1",
          "7.6-preview.2",
          "7.6",
          "2025-07-01");

  private final World world;
  private final Doorkeeper doorkeeper;
  private final Turnstile turnstile;
  private final KnownVaults vaults;
  private final SecretCalls live;
  private final DeletedSecretCalls deleted;

  /// What the data plane is built on.
  public record World(
      SandboxClock clock,
      Pace pace,
      Throttling throttling,
      Seed seed,
      Keys keys,
      Access access,
      Addresses addresses) {}

  /// The data plane of these vaults.
  public KeyVault(World world, KnownVaults vaults, Secrets secrets) {
    this.world = world;
    this.doorkeeper =
        new Doorkeeper(world.clock(), world.keys(), world.access(), world.addresses());
    this.turnstile = new Turnstile(world.throttling(), world.clock());
    this.vaults = vaults;
    this.live = new SecretCalls(world, doorkeeper, secrets);
    this.deleted = new DeletedSecretCalls(world, doorkeeper, secrets);
  }

  @Override
  public Answer answer(Ask ask) {
    Optional<Rules> vault =
        switch (ask.origin()) {
          case Origin.Vault(String name) -> vaults.find(name);
          case Origin.Front() -> Optional.empty();
          case Origin.Cluster _ -> Optional.empty();
        };
    return vault.map(rules -> answer(ask, rules)).orElse(Answer.empty(404));
  }

  private Answer answer(Ask ask, Rules vault) {
    try {
      var caller = doorkeeper.caller(ask, vault);
      turnstile.pass(vault);
      var shape = new Shape(world.addresses(), vault, version(ask));
      return traced(ask, vault, routed(new Visit(ask, vault, caller, shape)));
    } catch (Denied denied) {
      return traced(ask, vault, refused(ask, denied.why(), vault));
    }
  }

  private static String version(Ask ask) throws Denied {
    String version =
        ask.parameter("api-version").orElseThrow(() -> new Denied(new Denial.VersionMissing()));
    if (!VERSIONS.contains(version)) {
      throw new Denied(new Denial.VersionUnknown(version));
    }
    return version;
  }

  private Answer routed(Visit visit) throws Denied {
    List<String> parts =
        Arrays.stream(visit.ask().path().split("/", -1)).filter(part -> !part.isEmpty()).toList();
    return switch (parts.isEmpty() ? "" : parts.getFirst()) {
      case "secrets" -> live.answer(visit, parts.subList(1, parts.size()));
      case "deletedsecrets" -> deleted.answer(visit, parts.subList(1, parts.size()));
      default -> throw new Denied(new Denial.NoSuchOperation());
    };
  }

  private Answer refused(Ask ask, Denial why, Rules vault) {
    Era era = Era.of(ask.parameter("api-version").orElse(""));
    DenialWording wording = DenialWording.of(why, era);
    Answer answer = Answer.json(wording.status(), wording.body());
    return wording.status() == 401
        ? answer.with("WWW-Authenticate", challenge(era, vault))
        : answer;
  }

  /// Which versions belong to the years before answers carried AKV codes.
  enum Era {
    OLDER,
    NEWER;

    private static final Set<String> BEFORE_2021 =
        Set.of("2016-10-01", "7.0", "7.1-preview", "7.1");

    static Era of(String apiVersion) {
      return BEFORE_2021.contains(apiVersion) ? OLDER : NEWER;
    }
  }

  private String challenge(Era era, Rules vault) {
    String login =
        switch (era) {
          case OLDER -> world.addresses().olderLogin();
          case NEWER -> world.addresses().login();
        };
    return "Bearer authorization=\"%s/%s\", resource=\"%s\""
        .formatted(login, vault.tenantId(), world.addresses().vaultResource());
  }

  private Answer traced(Ask ask, Rules vault, Answer answer) {
    Answer traced =
        answer
            .with("x-ms-keyvault-region", vault.location())
            .with("x-ms-request-id", world.seed().uuid("request", ask.path()).toString())
            .with(
                "x-ms-keyvault-network-info",
                "conn_type=Ipv4;addr=127.0.0.1;act_addr_fam=InterNetwork;")
            .with("Cache-Control", "no-cache")
            .with("Pragma", "no-cache")
            .with("Expires", "-1")
            .with("Strict-Transport-Security", "max-age=31536000;includeSubDomains")
            .with("X-Content-Type-Options", "nosniff");
    return ask.header("x-ms-client-request-id")
        .map(id -> traced.with("x-ms-client-request-id", id))
        .orElse(traced);
  }
}
