// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.render;

import dev.latchkey.core.event.ClusterResult;
import dev.latchkey.core.event.ClusterResult.StepResult;
import dev.latchkey.core.event.Event;
import dev.latchkey.core.event.Listener;
import dev.latchkey.core.event.Summary;
import dev.latchkey.core.event.WaitEnd;
import dev.latchkey.core.fleet.ChartWish;
import dev.latchkey.core.fleet.Fleet;
import dev.latchkey.core.fleet.IdentityWish;
import dev.latchkey.core.fleet.Management;
import dev.latchkey.core.fleet.Target;
import dev.latchkey.core.fleet.VaultAccess;
import dev.latchkey.core.gate.Lag;
import dev.latchkey.core.plan.Change;
import dev.latchkey.core.plan.ClusterPlan;
import dev.latchkey.core.plan.Fact;
import dev.latchkey.core.plan.Outcome;
import dev.latchkey.core.plan.Plan;
import dev.latchkey.core.plan.Settings;
import dev.latchkey.core.plan.Step;
import dev.latchkey.core.plan.StepPlan;
import dev.latchkey.core.plan.Thing;
import dev.latchkey.core.plan.Value;
import dev.latchkey.core.problem.AzureAnswer;
import dev.latchkey.core.problem.Problem;
import dev.latchkey.core.problem.Text;
import dev.latchkey.core.resource.ChartValues;
import dev.latchkey.core.resource.ClusterName;
import dev.latchkey.core.resource.ResourceId;
import dev.latchkey.core.resource.SecretName;
import dev.latchkey.core.resource.ServiceAccount;
import dev.latchkey.core.resource.Tags;
import dev.latchkey.core.trust.Hop;
import dev.latchkey.core.trust.Proof;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Runs as they happen, told event by event.
public final class Scripts {
  public static final Instant START = Instant.parse("2026-11-24T14:02:11Z");

  private static final String SUBSCRIPTION = "11111111-2222-3333-4444-555555555555";
  private static final String ISSUER =
      "https://northeurope.oic.prod-aks.azure.com/72f9c1de-0001/4be1a7f3-0002/";

  private final List<Target> targets = new ArrayList<>();
  private final Map<ClusterName, String> skipped = new LinkedHashMap<>();
  private final List<Event> events = new ArrayList<>();
  private final Map<ClusterName, Map<Step, StepResult>> steps = new LinkedHashMap<>();
  private final Map<ClusterName, List<Proof>> proofs = new LinkedHashMap<>();
  private final Map<ClusterName, List<String>> findings = new LinkedHashMap<>();

  private Scripts(String... clusters) {
    for (String cluster : clusters) {
      targets.add(target(cluster, Target.Presence.REQUIRED));
    }
  }

  /// Three clusters get everything, and every hop is proven.
  public static List<Event> allProven() {
    var script = new Scripts("aks-weu-1", "aks-neu-1", "aks-sea-1");
    script.comesUp("aks-weu-1", 0);
    script.comesUp("aks-neu-1", 300);
    script.comesUp("aks-sea-1", 900);
    return script.told(Duration.ofMillis(23_800));
  }

  /// The same fleet once more: nothing to do.
  public static List<Event> nothingToDo() {
    var script = new Scripts("aks-weu-1", "aks-neu-1", "aks-sea-1");
    for (String cluster : List.of("aks-weu-1", "aks-neu-1", "aks-sea-1")) {
      for (Step step : Step.values()) {
        script.ended(cluster, step, 900, 0, new Outcome.Unchanged(""));
      }
    }
    return script.told(Duration.ofMillis(1_100));
  }

  /// One cluster is proven; on the second the credential trusts another issuer; the third is
  /// stopped and optional.
  public static List<Event> issuerDiffers() {
    var script = new Scripts("aks-weu-1", "aks-neu-1");
    script.targets.add(target("aks-old-1", Target.Presence.OPTIONAL));
    script.skipped.put(new ClusterName("aks-old-1"), "the cluster is stopped");
    script.comesUp("aks-weu-1", 0);
    script.refusedByEntra("aks-neu-1");
    for (Step step : Step.values()) {
      script.result("aks-old-1", step, new Outcome.Skipped("the cluster is stopped"), 0);
    }
    return script.told(Duration.ofMillis(81_400));
  }

  /// The pipeline may not assign roles on one cluster, so its release is not begun.
  public static List<Event> forbidden() {
    var script = new Scripts("aks-weu-1", "aks-neu-1");
    script.comesUp("aks-weu-1", 0);
    String cluster = "aks-neu-1";
    script.ended(cluster, Step.WORKLOAD_IDENTITY, 900, 0, new Outcome.Unchanged(""));
    script.ended(cluster, Step.MANAGED_IDENTITY, 1_200, 300, made(identity(cluster)));
    script.ended(cluster, Step.FEDERATED_CREDENTIAL, 1_700, 400, made(credential(cluster)));
    script.ended(
        cluster, Step.KEY_VAULT_ACCESS, 2_100, 500, new Outcome.Failed(mayNotAssign(), List.of()));
    script.ended(cluster, Step.HELM_RELEASE, 2_100, 0, new Outcome.NotStarted(Fact.ACCESS));
    script.ended(cluster, Step.VERIFICATION, 2_100, 0, new Outcome.NotStarted(Fact.RELEASE));
    return script.told(Duration.ofMillis(23_800));
  }

  /// Clusters that fail at their identity, the first of them at the workload identity too.
  public static List<Event> cut(int count, int early) {
    return provenAndCut(count, 0, early);
  }

  /// Clusters of which the first are proven, and the others fail at their identity.
  public static List<Event> provenAndCut(int count, int proven) {
    return provenAndCut(count, proven, 0);
  }

  private static List<Event> provenAndCut(int count, int proven, int early) {
    var script = new Scripts();
    for (int i = 1; i <= count; i++) {
      String cluster = "aks-%03d".formatted(i);
      script.targets.add(target(cluster, Target.Presence.REQUIRED));
      if (i <= proven) {
        script.comesUp(cluster, 0);
      } else {
        script.cutAtTheIdentity(cluster, i <= early);
      }
    }
    return script.told(Duration.ofSeconds(3));
  }

  private void cutAtTheIdentity(String cluster, boolean early) {
    Outcome failed = new Outcome.Failed(mayNotAssign(), List.of());
    ended(cluster, Step.WORKLOAD_IDENTITY, 900, 0, early ? failed : new Outcome.Unchanged(""));
    ended(cluster, Step.MANAGED_IDENTITY, 900, 0, failed);
    for (Step step : Step.values()) {
      if (step.compareTo(Step.MANAGED_IDENTITY) > 0) {
        ended(cluster, step, 900, 0, new Outcome.NotStarted(Fact.IDENTITY));
      }
    }
  }

  /// A fleet of many clusters that has just been planned, and of which some have begun.
  public static List<Event> manyBegun(int count) {
    var names = new String[count];
    for (int i = 0; i < count; i++) {
      names[i] = "aks-%03d".formatted(i + 1);
    }
    var script = new Scripts(names);
    script.comesUp("aks-001", 0);
    script.started("aks-002", Step.WORKLOAD_IDENTITY, 900);
    script.ended(
        "aks-007",
        Step.WORKLOAD_IDENTITY,
        1_200,
        300,
        new Outcome.Failed(mayNotAssign(), List.of()));
    return script.begun();
  }

  /// A fleet of many clusters, all proven.
  public static List<Event> manyEnded(int count) {
    var names = new String[count];
    for (int i = 0; i < count; i++) {
      names[i] = "aks-%03d".formatted(i + 1);
    }
    var script = new Scripts(names);
    for (int i = 0; i < count; i++) {
      script.comesUp(names[i], i * 100L);
    }
    return script.told(Duration.ofSeconds(30));
  }

  /// A fleet of 60 clusters: of ten each, seven come up, one is refused, one is unchanged, one is
  /// stopped.
  public static List<Event> sixtyMixed() {
    var script = new Scripts();
    for (int i = 0; i < 60; i++) {
      String name = "aks-%03d".formatted(i + 1);
      script.targets.add(target(name, Target.Presence.REQUIRED));
      switch (i % 10) {
        case 3 -> {
          Outcome failed = new Outcome.Failed(mayNotAssign(), List.of());
          script.started(name, Step.KEY_VAULT_ACCESS, 1_000 + i * 500L);
          script.ended(name, Step.KEY_VAULT_ACCESS, 1_200 + i * 500L, 200, failed);
        }
        case 5 -> {
          for (Step step : Step.values()) {
            script.ended(name, step, 900, 0, new Outcome.Unchanged(""));
          }
        }
        case 8 -> {
          script.skipped.put(new ClusterName(name), "the cluster is stopped");
          for (Step step : Step.values()) {
            script.result(name, step, new Outcome.Skipped("the cluster is stopped"), 0);
          }
        }
        default -> script.comesUp(name, i * 500L);
      }
    }
    return script.told(Duration.ofSeconds(53));
  }

  /// What was told by then, in order, without the run's end.
  public static List<Event> until(List<Event> events, Duration moment) {
    return events.stream()
        .filter(event -> !event.at().isAfter(START.plus(moment)))
        .filter(event -> !(event instanceof Event.RunEnded))
        .toList();
  }

  /// Tells a listener everything.
  public static void tell(List<Event> events, Listener listener) {
    events.forEach(listener::hear);
  }

  /// A problem in whose text strangers have their say.
  public static Problem foreign(String words) {
    return new Told(
        "pod-not-ready",
        new Text(words, List.of("seen     " + words), words, "latchkey deploy"),
        Optional.empty());
  }

  /// One cluster that ends with this problem and this finding.
  public static List<Event> failing(Problem problem, String finding) {
    var script = new Scripts("aks-weu-1");
    script.findings.put(new ClusterName("aks-weu-1"), List.of(finding));
    script.ended(
        "aks-weu-1", Step.HELM_RELEASE, 3_000, 2_000, new Outcome.Failed(problem, List.of()));
    return script.told(Duration.ofSeconds(3));
  }

  private void comesUp(String cluster, long later) {
    started(cluster, Step.WORKLOAD_IDENTITY, later + 800);
    waiting(cluster, Step.WORKLOAD_IDENTITY, later + 900, Lag.CLUSTER_UPDATING, 8);
    started(cluster, Step.MANAGED_IDENTITY, later + 900);
    ended(cluster, Step.MANAGED_IDENTITY, later + 1_100, 200, made(identity(cluster)));
    started(cluster, Step.FEDERATED_CREDENTIAL, later + 1_100);
    ended(cluster, Step.FEDERATED_CREDENTIAL, later + 1_400, 300, made(credential(cluster)));
    started(cluster, Step.KEY_VAULT_ACCESS, later + 1_100);
    ended(
        cluster,
        Step.KEY_VAULT_ACCESS,
        later + 1_500,
        400,
        made(assignment("db-password"), assignment("payment-api-key")));
    waited(cluster, Step.WORKLOAD_IDENTITY, later + 8_900, Lag.CLUSTER_UPDATING, 8_000);
    ended(
        cluster,
        Step.WORKLOAD_IDENTITY,
        later + 8_900,
        8_100,
        new Outcome.Changed(
            List.of(
                new Change.Update(
                    new Thing(Thing.Kind.CLUSTER, cluster),
                    Settings.of("OIDC issuer", Value.of("off"))
                        .and("workload identity", Value.of("off")),
                    Settings.of("OIDC issuer", Value.of("on"))
                        .and("workload identity", Value.of("on")),
                    "restarts the API server")),
            "API server restarted"));
    started(cluster, Step.HELM_RELEASE, later + 9_000);
    waiting(cluster, Step.HELM_RELEASE, later + 10_000, Lag.ROLLOUT, 15);
    progress(cluster, Step.HELM_RELEASE, later + 11_200, "0 of 1 pod ready");
    ended(
        cluster,
        Step.HELM_RELEASE,
        later + 12_100,
        3_100,
        new Outcome.Changed(
            List.of(
                new Change.Create(new Thing(Thing.Kind.NAMESPACE, "orders"), Settings.none()),
                new Change.Create(
                    new Thing(Thing.Kind.RELEASE, "orders/orders"),
                    Settings.of("chart", Value.of("workload 0.1.0")))),
            "revision 1, 1 of 1 pod ready"));
    started(cluster, Step.VERIFICATION, later + 12_100);
    waiting(cluster, Step.VERIFICATION, later + 13_000, Lag.ROLE_NOT_YET_HONOURED, 5);
    waited(
        cluster, Step.VERIFICATION, later + 20_000, Lag.ROLE_NOT_YET_HONOURED, 7_000 + later / 10);
    proves(cluster, later + 20_000);
    ended(cluster, Step.VERIFICATION, later + 22_900, 10_800, new Outcome.Unchanged(""));
  }

  private void refusedByEntra(String cluster) {
    ended(cluster, Step.WORKLOAD_IDENTITY, 900, 0, new Outcome.Unchanged(""));
    ended(cluster, Step.MANAGED_IDENTITY, 900, 0, new Outcome.Unchanged(""));
    ended(cluster, Step.FEDERATED_CREDENTIAL, 900, 0, new Outcome.Unchanged("managed by others"));
    ended(cluster, Step.KEY_VAULT_ACCESS, 900, 0, new Outcome.Unchanged(""));
    ended(cluster, Step.HELM_RELEASE, 900, 0, new Outcome.Unchanged(""));
    started(cluster, Step.VERIFICATION, 900);
    Problem problem = otherIssuer(cluster);
    proof(cluster, 2_000, Proof.proven(Hop.POD, "orders-6f9c7-x2x8l", "webhook 1.6"));
    proof(cluster, 2_100, Proof.proven(Hop.SERVICE_ACCOUNT, "orders/orders", ""));
    proof(cluster, 2_200, Proof.proven(Hop.TOKEN, "orders-6f9c7-x2x8l", ""));
    proof(cluster, 2_200, Proof.refuted(Hop.CREDENTIAL, "lk-" + cluster, problem));
    proof(cluster, 2_300, Proof.notProven(Hop.EXCHANGE, "", "the credential's issuer differs"));
    found(
        cluster,
        Step.MANAGED_IDENTITY,
        2_400,
        "id-orders-" + cluster + " also trusts repo:acme/tools, which latchkey did not make");
    ended(cluster, Step.VERIFICATION, 80_500, 79_600, new Outcome.Failed(problem, List.of()));
  }

  private void proves(String cluster, long at) {
    proof(cluster, at, Proof.proven(Hop.POD, "orders-" + cluster, "webhook 1.6"));
    proof(cluster, at, Proof.proven(Hop.SERVICE_ACCOUNT, "orders/orders", ""));
    proof(cluster, at, Proof.proven(Hop.TOKEN, "orders-" + cluster, ""));
    proof(cluster, at, Proof.proven(Hop.CREDENTIAL, "lk-" + cluster, ""));
    proof(cluster, at, Proof.proven(Hop.EXCHANGE, "", "2 of 2 attempts"));
    proof(cluster, at, Proof.proven(Hop.SECRET, "db-password", "2 of 2 attempts"));
    proof(cluster, at, Proof.proven(Hop.SECRET, "payment-api-key", "2 of 2 attempts"));
    proof(cluster, at, Proof.proven(Hop.UNDECLARED_REFUSED, "", "ForbiddenByRbac"));
    proof(cluster, at, Proof.proven(Hop.FOREIGN_REFUSED, "", "AADSTS700211"));
  }

  private static Outcome made(Change... changes) {
    return new Outcome.Changed(List.of(changes), "");
  }

  private static Change identity(String cluster) {
    return new Change.Create(
        new Thing(Thing.Kind.IDENTITY, "id-orders-" + cluster), Settings.none());
  }

  private static Change credential(String cluster) {
    return new Change.Create(
        new Thing(Thing.Kind.CREDENTIAL, "lk-" + cluster + "-orders-orders-3f9c0a1b2d4e"),
        Settings.of("issuer", new Value.KnownAfter(Step.WORKLOAD_IDENTITY)));
  }

  private static Change assignment(String secret) {
    return new Change.Create(
        new Thing(
            Thing.Kind.ROLE_ASSIGNMENT, "Key Vault Secrets User on kv-shared/secrets/" + secret),
        Settings.none());
  }

  /// The credential lacks the slash at the end of the issuer.
  static Problem otherIssuer(String cluster) {
    return new Told(
        "issuer-differs",
        new Text(
            "The federated credential `lk-"
                + cluster
                + "` trusts another issuer than the cluster has.",
            List.of(
                "cluster     " + ISSUER, "credential  " + ISSUER.substring(0, ISSUER.length() - 1)),
            "Entra ID compares issuers character by character (AADSTS700211 (HTTP 400,"
                + " correlation id 5f0c2c1e)).",
            "latchkey deploy --only " + cluster),
        Optional.of(new AzureAnswer(400, "AADSTS700211", "No matching record", "5f0c2c1e")));
  }

  private static Problem mayNotAssign() {
    return new Told(
        "permission-missing",
        new Text(
            "The pipeline's principal may not assign roles on `db-password`.",
            List.of("missing  Microsoft.Authorization/roleAssignments/write"),
            "AuthorizationFailed (HTTP 403, correlation id 0d1e77aa).",
            "latchkey preflight --print azure-role"),
        Optional.of(new AzureAnswer(403, "AuthorizationFailed", "does not have", "0d1e77aa")));
  }

  private void started(String cluster, Step step, long at) {
    events.add(new Event.StepStarted(moment(at), new ClusterName(cluster), step));
  }

  private void waiting(String cluster, Step step, long at, Lag lag, int usual) {
    events.add(
        new Event.Waiting(
            moment(at),
            new ClusterName(cluster),
            step,
            lag,
            Duration.ofSeconds(usual),
            lag.bound()));
  }

  private void waited(String cluster, Step step, long at, Lag lag, long millis) {
    events.add(
        new Event.Waited(
            moment(at),
            new ClusterName(cluster),
            step,
            lag,
            Duration.ofMillis(millis),
            WaitEnd.CAME));
  }

  private void progress(String cluster, Step step, long at, String words) {
    events.add(new Event.Progress(moment(at), new ClusterName(cluster), step, words));
  }

  private void found(String cluster, Step step, long at, String words) {
    events.add(new Event.Found(moment(at), new ClusterName(cluster), step, words));
    findings.computeIfAbsent(new ClusterName(cluster), _ -> new ArrayList<>()).add(words);
  }

  private void proof(String cluster, long at, Proof proof) {
    events.add(new Event.Proved(moment(at), new ClusterName(cluster), proof));
    proofs.computeIfAbsent(new ClusterName(cluster), _ -> new ArrayList<>()).add(proof);
  }

  private void ended(String cluster, Step step, long at, long took, Outcome outcome) {
    for (Change change : outcome.changes()) {
      events.add(new Event.Changed(moment(at), new ClusterName(cluster), step, change));
    }
    events.add(
        new Event.StepEnded(
            moment(at), new ClusterName(cluster), step, outcome, Duration.ofMillis(took)));
    result(cluster, step, outcome, took);
  }

  private void result(String cluster, Step step, Outcome outcome, long took) {
    steps
        .computeIfAbsent(new ClusterName(cluster), _ -> new EnumMap<>(Step.class))
        .put(step, new StepResult(outcome, Duration.ofMillis(took)));
  }

  private List<Event> begun() {
    var told = new ArrayList<Event>();
    told.add(new Event.SignedIn(START, "5d2e0000", "11110000", "workload identity federation"));
    told.add(new Event.Planned(moment(700), plan()));
    events.sort(Comparator.comparing(Event::at));
    told.addAll(events);
    return told;
  }

  private List<Event> told(Duration took) {
    List<Event> told = begun();
    var results =
        targets.stream()
            .map(
                target ->
                    new ClusterResult(
                        target,
                        steps.getOrDefault(target.name(), Map.of()),
                        proofs.getOrDefault(target.name(), List.of()),
                        findings.getOrDefault(target.name(), List.of())))
            .toList();
    told.add(new Event.RunEnded(START.plus(took), new Summary(results, took)));
    return told;
  }

  private Plan plan() {
    return new Plan(
        new Fleet("orders", targets),
        targets.stream()
            .map(
                target ->
                    new ClusterPlan(
                        target,
                        Optional.ofNullable(skipped.get(target.name())),
                        Map.<Step, StepPlan>of()))
            .toList());
  }

  private static Instant moment(long millis) {
    return START.plusMillis(millis);
  }

  static Target target(String name, Target.Presence presence) {
    return new Target(
        new ClusterName(name),
        ResourceId.cluster(SUBSCRIPTION, "rg-" + name, name),
        "orders",
        presence,
        Optional.empty(),
        new ServiceAccount("orders", "orders"),
        Target.Namespace.CREATE,
        new IdentityWish(
            SUBSCRIPTION, "rg-" + name, "id-orders-" + name, Optional.empty(), Tags.none()),
        new VaultAccess(
            ResourceId.vault(SUBSCRIPTION, "rg-shared", "kv-shared"),
            List.of(secret("db-password"), secret("payment-api-key")),
            VaultAccess.Means.ROLES),
        new ChartWish("/charts/workload", Optional.empty(), "orders", ChartValues.none(), Map.of()),
        Management.ALL);
  }

  private static VaultAccess.Secret secret(String name) {
    return new VaultAccess.Secret(new SecretName(name), name);
  }
}
