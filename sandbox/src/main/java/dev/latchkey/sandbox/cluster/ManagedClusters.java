// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.cluster;

import dev.latchkey.sandbox.arm.Answers;
import dev.latchkey.sandbox.arm.Call;
import dev.latchkey.sandbox.arm.Lags;
import dev.latchkey.sandbox.arm.Limit;
import dev.latchkey.sandbox.arm.Linked;
import dev.latchkey.sandbox.arm.Operation;
import dev.latchkey.sandbox.arm.Pages;
import dev.latchkey.sandbox.arm.ResourceType;
import dev.latchkey.sandbox.arm.Store;
import dev.latchkey.sandbox.arm.Stored;
import dev.latchkey.sandbox.clock.Pace;
import dev.latchkey.sandbox.clock.SandboxClock;
import dev.latchkey.sandbox.clock.Seed;
import dev.latchkey.sandbox.message.Addresses;
import dev.latchkey.sandbox.message.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// AKS clusters: every change but tags is a long-running operation, one at a time.
final class ManagedClusters implements ResourceType, Clusters {
  static final String NAME = "Microsoft.ContainerService/managedClusters";

  private static final Duration RESTART = Duration.ofSeconds(15);

  /// What an operation does beside changing the tree.
  ///
  /// @param downFrom when the API server goes down to come back with an issuer
  record Dates(Optional<Instant> downFrom, Optional<Instant> downUntil, Optional<Instant> webhook) {
    static final Dates NONE = new Dates(Optional.empty(), Optional.empty(), Optional.empty());
  }

  private final Store store;
  private final SandboxClock clock;
  private final Pace pace;
  private final Seed seed;
  private final Lags lags;
  private final Addresses addresses;
  private final String tenantId;
  private final ClusterTree trees;
  private final Durations durations;
  private final Operations operations;
  private final Kubeconfigs kubeconfigs;
  private final ConcurrentMap<String, Dates> dates = new ConcurrentHashMap<>();

  ManagedClusters(
      AzureWorld world, Store store, Lags lags, Operations operations, Kubeconfigs kubeconfigs) {
    this.store = store;
    this.clock = world.clock();
    this.pace = world.pace();
    this.seed = world.seed();
    this.lags = lags;
    this.addresses = world.addresses();
    this.tenantId = world.tenantId();
    this.trees = new ClusterTree(world.seed(), world.addresses(), world.tenantId());
    this.durations = new Durations(world.pace(), world.seed());
    this.operations = operations;
    this.kubeconfigs = kubeconfigs;
    store.onFarewell(gone -> dates.remove(key(gone.id())));
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Set<String> apiVersions() {
    return ClusterShape.VERSIONS;
  }

  @Override
  public Home home() {
    return Home.GROUP;
  }

  @Override
  public Set<String> actions() {
    return Set.of("listClusterUserCredential", "listClusterAdminCredential", "start", "stop");
  }

  @Override
  public List<Linked> linked(Call call) {
    return call.ask().method().equals("PUT") ? LinkedRights.of(call.body()) : List.of();
  }

  @Override
  public List<Limit> limits(Call call) {
    String cluster = call.target().path();
    String subscription = "/subscriptions/" + call.target().subscription().orElse("");
    return switch (call.ask().method()) {
      case "GET", "HEAD" -> {
        if (!call.target().open()) {
          yield List.of(limit("get:" + cluster, 60, 1));
        }
        yield call.target().group().isPresent()
            ? List.of(limit("list:" + Answers.scope(call), 60, 1))
            : List.of(limit("list:" + subscription, 500, 1));
      }
      case "PUT" -> List.of(limit("put:" + cluster, 20, 1.0 / 60));
      default -> List.of(limit("other:" + subscription, 60, 1));
    };
  }

  private static Limit limit(String key, int burst, double perSecond) {
    return new Limit(
        "aks:" + key.toLowerCase(Locale.ROOT), burst, perSecond, Limit.Overflow.CONTAINER_SERVICE);
  }

  @Override
  public Optional<ClusterView> find(String id) {
    return store.find(id).filter(one -> one.type().equals(NAME)).map(this::view);
  }

  @Override
  public List<ClusterView> all() {
    return store.below("/subscriptions", NAME).stream().map(this::view).toList();
  }

  private ClusterView view(Stored cluster) {
    Instant now = clock.now();
    ObjectNode tree = ClusterShape.at(cluster, now);
    String[] words = cluster.id().split("/", -1);
    Dates known = dates.getOrDefault(key(cluster.id()), Dates.NONE);
    return new ClusterView(
        cluster.id(),
        tree.path("properties").path("resourceUID").asString(""),
        cluster.name(),
        words[4],
        words[2],
        tree.path("location").asString(""),
        tenantId,
        tree.path("properties").path("currentKubernetesVersion").asString(""),
        authorization(tree),
        ClusterShape.isStopped(tree) ? ClusterView.Power.STOPPED : ClusterView.Power.RUNNING,
        issuer(tree),
        ClusterShape.hasWebhook(tree) ? known.webhook() : Optional.empty(),
        known.downUntil().filter(back -> now.isBefore(back) && isDown(known, now)));
  }

  private static boolean isDown(Dates known, Instant now) {
    return known.downFrom().filter(from -> !now.isBefore(from)).isPresent();
  }

  private static Optional<String> issuer(ObjectNode tree) {
    JsonNode url = tree.path("properties").path("oidcIssuerProfile").path("issuerURL");
    return url.isString() ? Optional.of(url.asString()) : Optional.empty();
  }

  private static ClusterView.Authorization authorization(ObjectNode tree) {
    JsonNode entra = tree.path("properties").path("aadProfile");
    if (!entra.isObject()) {
      return ClusterView.Authorization.LOCAL;
    }
    return entra.path("enableAzureRBAC").asBoolean(false)
        ? ClusterView.Authorization.AZURE_RBAC
        : ClusterView.Authorization.ENTRA_KUBERNETES_RBAC;
  }

  @Override
  public Answer read(Call call) {
    return store
        .find(call.target().path())
        .map(cluster -> shown(200, call, cluster))
        .orElseGet(() -> Answers.notFound(call));
  }

  @Override
  public Answer list(Call call) {
    List<ObjectNode> all =
        store.below(Answers.scope(call), NAME).stream()
            .map(cluster -> ClusterShape.forVersion(call, ClusterShape.at(cluster, call.now())))
            .toList();
    return Pages.of(call, addresses, all).with("content-type", "application/json");
  }

  private static Answer shown(int status, Call call, Stored cluster) {
    ObjectNode tree = ClusterShape.forVersion(call, ClusterShape.at(cluster, call.now()));
    return Answer.json(status, tree).with("content-type", "application/json");
  }

  @Override
  public Answer put(Call call) {
    return store.alone(call.target().path(), () -> written(call));
  }

  private Answer written(Call call) {
    Optional<Stored> before = store.find(call.target().path());
    return ClusterChecks.tag(call, before)
        .or(() -> before.flatMap(cluster -> ClusterChecks.state(call, cluster)))
        .or(() -> ClusterChecks.wish(call, before))
        .orElseGet(
            () -> before.map(cluster -> updated(call, cluster)).orElseGet(() -> created(call)));
  }

  private Answer created(Call call) {
    String id = Answers.id(call, store, NAME, "resourcegroups");
    Operation operation = operation("Creating", id, call.now());
    Stored cluster = Stored.of(id, NAME, trees.created(id, call.body())).with(operation);
    store.put(cluster);
    if (ClusterShape.hasWebhook(cluster.tree())) {
      dates.put(key(id), new Dates(Optional.empty(), Optional.empty(), webhook(id, operation)));
    }
    return following(shown(201, call, cluster), call, cluster, operation);
  }

  private Answer updated(Call call, Stored before) {
    ObjectNode old = ClusterShape.at(before, call.now());
    Operation operation = operation("Updating", before.id(), call.now());
    ObjectNode tree = trees.updated(before.id(), old, hiddenKept(call, old));
    Stored cluster = Stored.of(before.id(), NAME, tree).with(operation);
    dates.put(key(before.id()), dates(before, tree, operation));
    store.put(cluster);
    return following(shown(200, call, cluster), call, cluster, operation);
  }

  /// What the api-version of the request does not know, it does not change.
  private static ObjectNode hiddenKept(Call call, ObjectNode old) {
    ObjectNode body = call.body().deepCopy();
    ClusterShape.SINCE.forEach(
        (path, version) -> {
          String member = path.substring(path.lastIndexOf('/') + 1);
          JsonNode kept = old.path("properties").path(member);
          if (path.startsWith("/properties/") && !call.since(version) && kept.isObject()) {
            body.withObject("properties").set(member, kept);
          }
        });
    return body;
  }

  /// Enabling the issuer restarts the API server in the last third of the update.
  private Dates dates(Stored before, ObjectNode tree, Operation operation) {
    Dates old = dates.getOrDefault(key(before.id()), Dates.NONE);
    Optional<Instant> webhook =
        ClusterShape.hasWebhook(tree) && !ClusterShape.hasWebhook(before.tree())
            ? webhook(before.id(), operation)
            : old.webhook();
    boolean restarts = ClusterShape.issues(tree) && !ClusterShape.issues(before.tree());
    if (!restarts) {
      return new Dates(Optional.empty(), Optional.empty(), webhook);
    }
    Duration whole = Duration.between(operation.startedAt(), operation.doneAt());
    Duration third = whole.dividedBy(3);
    Duration down = pace.of(RESTART).compareTo(third) < 0 ? pace.of(RESTART) : third;
    Instant from = operation.doneAt().minus(third);
    return new Dates(Optional.of(from), Optional.of(from.plus(down)), webhook);
  }

  private Optional<Instant> webhook(String id, Operation operation) {
    return Optional.of(lags.noticed(Lags.Lag.WEBHOOK, id, operation.doneAt()));
  }

  private Operation operation(String state, String id, Instant now) {
    String guid = seed.uuid("operation", id).toString();
    var operation = new Operation(guid, state, now, now.plus(durations.of(state, id)));
    operations.started(operation);
    return operation;
  }

  private Answer following(Answer answer, Call call, Stored cluster, Operation operation) {
    return answer.with(
        "azure-asyncoperation", operations.status(call, location(cluster), operation));
  }

  private static String location(Stored cluster) {
    return cluster.tree().path("location").asString("");
  }

  @Override
  public Answer patch(Call call) {
    return store.alone(
        call.target().path(),
        () ->
            store
                .find(call.target().path())
                .map(
                    cluster ->
                        ClusterChecks.tag(call, Optional.of(cluster))
                            .or(() -> ClusterChecks.state(call, cluster))
                            .orElseGet(() -> tagged(call, cluster)))
                .orElseGet(() -> Answers.notFound(call)));
  }

  private Answer tagged(Call call, Stored before) {
    ObjectNode tree = before.tree().deepCopy();
    if (call.body().path("tags").isObject()) {
      tree.set("tags", call.body().path("tags").deepCopy());
    }
    Stored cluster = before.with(tree);
    store.put(cluster);
    return shown(200, call, cluster);
  }

  @Override
  public Answer delete(Call call) {
    return store.alone(
        call.target().path(),
        () ->
            store
                .find(call.target().path())
                .map(
                    cluster ->
                        ClusterChecks.tag(call, Optional.of(cluster))
                            .orElseGet(() -> leaving(call, cluster)))
                .orElseGet(() -> Answer.empty(204)));
  }

  private Answer leaving(Call call, Stored before) {
    Operation operation = operation("Deleting", before.id(), call.now());
    Stored cluster = before.with(operation);
    store.putLeaving(cluster, operation.doneAt());
    return accepted(call, cluster, operation);
  }

  private Answer accepted(Call call, Stored cluster, Operation operation) {
    return following(Answer.empty(202), call, cluster, operation)
        .with("location", operations.result(call, location(cluster), operation));
  }

  @Override
  public Answer post(Call call) {
    Optional<Stored> found = store.find(call.target().path());
    if (found.isEmpty()) {
      return Answers.notFound(call);
    }
    return switch (call.action()) {
      case "listClusterUserCredential" -> credential(found.get(), Kubeconfigs.User.USER);
      case "listClusterAdminCredential" ->
          ClusterChecks.localAccounts(found.get())
              .orElseGet(() -> credential(found.get(), Kubeconfigs.User.ADMIN));
      default -> store.alone(call.target().path(), () -> powered(call));
    };
  }

  private Answer credential(Stored cluster, Kubeconfigs.User user) {
    return Answer.json(200, kubeconfigs.answer(cluster, user))
        .with("content-type", "application/json");
  }

  private Answer powered(Call call) {
    Optional<Stored> found = store.find(call.target().path());
    if (found.isEmpty()) {
      return Answers.notFound(call);
    }
    Stored cluster = found.get();
    boolean start = call.action().equals("start");
    boolean stopped = ClusterShape.isStopped(cluster.tree());
    if (start != stopped) {
      return ClusterChecks.state(call, cluster).orElseGet(() -> Answer.empty(204));
    }
    Optional<Answer> busy =
        cluster.operation().filter(one -> one.runsAt(call.now())).isPresent()
            ? ClusterChecks.state(call, cluster)
            : Optional.empty();
    return busy.orElseGet(() -> switched(call, cluster, start ? "Starting" : "Stopping"));
  }

  private Answer switched(Call call, Stored before, String state) {
    Operation operation = operation(state, before.id(), call.now());
    ObjectNode tree = before.tree().deepCopy();
    String code = state.equals("Starting") ? "Running" : "Stopped";
    ClusterShape.properties(tree).putObject("powerState").put("code", code);
    Stored cluster = before.with(tree).with(operation);
    store.put(cluster);
    return accepted(call, cluster, operation);
  }

  /// Puts a finished cluster into the world, as if it had been there for long.
  void add(String id, ObjectNode body) {
    ObjectNode tree = trees.created(id, body);
    var done =
        new Operation(seed.uuid("operation", id).toString(), "Creating", clock.now(), clock.now());
    store.put(Stored.of(id, NAME, tree).with(done));
    if (ClusterShape.hasWebhook(tree)) {
      dates.put(key(id), new Dates(Optional.empty(), Optional.empty(), Optional.of(clock.now())));
    }
  }

  private static String key(String id) {
    return id.toLowerCase(Locale.ROOT);
  }
}
