// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.run;

import dev.latchkey.core.fleet.ChartWish;
import dev.latchkey.core.port.AzureProblem;
import dev.latchkey.core.port.CallerRights;
import dev.latchkey.core.port.Issuers;
import dev.latchkey.core.port.Kubeconfig;
import dev.latchkey.core.port.Locks;
import dev.latchkey.core.port.ManagedClusters;
import dev.latchkey.core.port.ManagedIdentities;
import dev.latchkey.core.port.Ports;
import dev.latchkey.core.port.Providers;
import dev.latchkey.core.port.Releases;
import dev.latchkey.core.port.RoleAssignments;
import dev.latchkey.core.port.SecretProbe;
import dev.latchkey.core.port.Time;
import dev.latchkey.core.port.TokenExchange;
import dev.latchkey.core.port.Vaults;
import dev.latchkey.core.port.Workloads;
import dev.latchkey.core.port.Workloads.Webhook;
import dev.latchkey.core.problem.AzureAnswer;
import dev.latchkey.core.problem.Problem;
import dev.latchkey.core.problem.ProblemException;
import dev.latchkey.core.resource.ChartValues;
import dev.latchkey.core.resource.ClientId;
import dev.latchkey.core.resource.FederatedCredential;
import dev.latchkey.core.resource.FixedObject;
import dev.latchkey.core.resource.Issuer;
import dev.latchkey.core.resource.LiveDrift;
import dev.latchkey.core.resource.Lock;
import dev.latchkey.core.resource.ManagedIdentity;
import dev.latchkey.core.resource.ObservedCluster;
import dev.latchkey.core.resource.ObservedCluster.Feature;
import dev.latchkey.core.resource.PermissionSet;
import dev.latchkey.core.resource.Pod;
import dev.latchkey.core.resource.PrincipalId;
import dev.latchkey.core.resource.Release;
import dev.latchkey.core.resource.ReleaseCopy;
import dev.latchkey.core.resource.ResourceId;
import dev.latchkey.core.resource.RoleAssignment;
import dev.latchkey.core.resource.SecretName;
import dev.latchkey.core.resource.ServiceAccount;
import dev.latchkey.core.resource.Tags;
import dev.latchkey.core.resource.TenantId;
import dev.latchkey.core.resource.Token;
import dev.latchkey.core.resource.Vault;
import dev.latchkey.core.step.Samples;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A world of maps: what the engine asks of Azure and Kubernetes, without any of them.
///
/// Each write is remembered in `writes`. A new credential is honoured ten seconds after it was
/// written, a new role twenty: the engine has to wait for both. An update of a cluster ends only
/// after its credential was written, so that an engine that waits with the credential hangs to its
/// bound.
final class World
    implements ManagedClusters,
        RoleAssignments,
        Locks,
        Issuers,
        TokenExchange,
        SecretProbe,
        Workloads,
        Releases {
  static final Problem SILENCE =
      new AzureProblem.Unreachable("Looking for the namespace", "aks", "connect timed out");

  final VirtualTime time = new VirtualTime();
  final List<String> writes = new CopyOnWriteArrayList<>();

  /// Each read of clusters, kubeconfigs and identities.
  final List<String> reads = new CopyOnWriteArrayList<>();

  final Map<String, ObservedCluster> clusters = new ConcurrentHashMap<>();
  final Map<ResourceId, ManagedIdentity> identities = new ConcurrentHashMap<>();
  final Map<ResourceId, List<FederatedCredential>> credentials = new ConcurrentHashMap<>();
  final Map<String, RoleAssignment> roles = new ConcurrentHashMap<>();
  final Map<String, Release> releases = new ConcurrentHashMap<>();
  final Map<String, List<Release>> history = new ConcurrentHashMap<>();

  /// What others changed in the objects of a release; a new revision sets it back.
  final Map<String, LiveDrift> drifts = new ConcurrentHashMap<>();

  /// Objects that an upgrade of a release would change where nobody may.
  final Map<String, List<FixedObject>> fixed = new ConcurrentHashMap<>();

  /// Why nobody may look at the objects of a release.
  Optional<Problem> objectsRefused = Optional.empty();

  /// What rollouts end in, one after the other; afterwards they end well.
  final Deque<Rollout> rollouts = new ConcurrentLinkedDeque<>();

  /// What Helm says to writes, one after the other; each leaves a revision that failed.
  final Deque<Problem> refusals = new ConcurrentLinkedDeque<>();

  /// What AKS says to those who ask for kubeconfigs, one after the other.
  final Deque<Problem> kubeconfigRefusals = new ConcurrentLinkedDeque<>();

  /// What API servers say to those who look for a namespace, one after the other.
  final Deque<Problem> silences = new ConcurrentLinkedDeque<>();

  /// Clusters whose API servers never answer.
  final Set<String> silent = ConcurrentHashMap.newKeySet();

  /// Whether the pods were made before the webhook served; made anew they are as they should be.
  volatile boolean bare;

  /// Whether who looks at clusters is interrupted meanwhile, as a thread of an engine that ends is.
  volatile boolean interrupting;

  /// What others have in the same subscription.
  int rolesOfOthers;

  /// Locks of the level `ReadOnly`.
  final List<Lock> locks = new CopyOnWriteArrayList<>();

  /// Secrets that the vault does not have.
  final List<SecretName> absent = new CopyOnWriteArrayList<>();

  /// What the caller's roles let it do everywhere, one set each.
  final List<PermissionSet> permissions =
      new CopyOnWriteArrayList<>(List.of(new PermissionSet(List.of("*"), List.of())));

  /// How every subscription stands to every provider.
  Providers.Registration registration = Providers.Registration.NOT_MISSING;

  /// Why nobody may look at locks, names of secrets and rights.
  Optional<Problem> lookRefused = Optional.empty();

  private final Map<String, CountDownLatch> trusts = new ConcurrentHashMap<>();
  private final Map<String, Instant> dates = new ConcurrentHashMap<>();

  World(String... names) {
    for (String name : names) {
      ResourceId id = ResourceId.cluster("s-1", "rg-weu", name);
      clusters.put(id.key(), Samples.cluster(id, Optional.empty(), Feature.OFF, "Succeeded"));
    }
  }

  Ports ports() {
    Time clock = time;
    return new Ports(
        clock,
        this,
        new Identities(),
        this,
        new SharedVault(),
        this,
        this::rightsAt,
        this::registration,
        this,
        this,
        this,
        this,
        this);
  }

  @Override
  public List<Lock> readOnly(String subscription) {
    reads.add("locks of " + subscription);
    mayLook();
    return List.copyOf(locks);
  }

  private CallerRights.Held rightsAt(ResourceId scope) {
    reads.add("rights at " + scope.name());
    mayLook();
    return new CallerRights.Held(new PrincipalId("pipeline"), permissions);
  }

  private Providers.Registration registration(String subscription, String namespace) {
    reads.add("registration of %s for %s".formatted(subscription, namespace));
    mayLook();
    return registration;
  }

  private void mayLook() {
    lookRefused.ifPresent(
        problem -> {
          throw new ProblemException(problem);
        });
  }

  static Issuer issuerOf(ResourceId cluster) {
    return new Issuer("https://issuer.example/" + cluster.name() + "/");
  }

  @Override
  public Optional<ObservedCluster> find(ResourceId id) {
    if (interrupting) {
      Thread.currentThread().interrupt();
    }
    reads.add("get " + id.name());
    return Optional.ofNullable(clusters.get(id.key())).map(this::asOfNow);
  }

  @Override
  public List<ObservedCluster> list(String subscription) {
    reads.add("list of " + subscription);
    if (interrupting) {
      Thread.currentThread().interrupt();
    }
    return clusters.values().stream().map(this::asOfNow).toList();
  }

  @Override
  public List<ObservedCluster> list(String subscription, String resourceGroup) {
    reads.add("list of " + resourceGroup);
    return clusters.values().stream()
        .filter(cluster -> cluster.id().resourceGroup().equalsIgnoreCase(resourceGroup))
        .map(this::asOfNow)
        .toList();
  }

  /// A cluster that is updated looks so until the update ends.
  private ObservedCluster asOfNow(ObservedCluster cluster) {
    if (!dates.containsKey("update " + cluster.id().key())) {
      return cluster;
    }
    awaitTrustIn(cluster.id());
    return passed("update " + cluster.id().key())
        ? cluster
        : Samples.cluster(cluster.id(), cluster.issuer(), Feature.ON, "Updating");
  }

  @Override
  public Update enableWorkloadIdentity(ResourceId id, ObservedCluster expected) {
    writes.add("cluster " + id.name());
    dates.put("update " + id.key(), time.now().plusSeconds(100));
    clusters.put(id.key(), Samples.cluster(id, Optional.of(issuerOf(id)), Feature.ON, "Succeeded"));
    return new Update(Optional.of(issuerOf(id)), new Operation(id, "operation"));
  }

  @Override
  public Progress progress(Operation operation) {
    return passed("update " + operation.cluster().key())
        ? new Progress.Done()
        : new Progress.Running();
  }

  /// Virtual time runs away from threads, so the update really waits for the other step's write.
  private void awaitTrustIn(ResourceId cluster) {
    try {
      if (!trust(cluster).await(60, TimeUnit.SECONDS)) {
        throw new IllegalStateException("no credential is written while the cluster is updated");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private CountDownLatch trust(ResourceId cluster) {
    return trusts.computeIfAbsent(cluster.name(), _ -> new CountDownLatch(1));
  }

  @Override
  public Kubeconfig kubeconfig(ResourceId id) {
    reads.add("kubeconfig of " + id.name());
    Optional.ofNullable(kubeconfigRefusals.poll())
        .ifPresent(
            problem -> {
              throw new ProblemException(problem);
            });
    return new Kubeconfig(id, ObservedCluster.SignIn.ENTRA_AZURE_RBAC, "");
  }

  @Override
  public List<RoleAssignment> at(ResourceId scope) {
    return List.copyOf(roles.values());
  }

  @Override
  public int count(String subscription) {
    return roles.size() + rolesOfOthers;
  }

  @Override
  public Made create(RoleAssignment assignment) {
    writes.add("role on " + assignment.scope());
    dates.put("role " + assignment.principal() + assignment.scope(), time.now().plusSeconds(20));
    return roles.putIfAbsent(assignment.name(), assignment) == null ? Made.CREATED : Made.EXISTED;
  }

  @Override
  public Publication look(Issuer issuer) {
    return Publication.PUBLISHED;
  }

  @Override
  public Exchange exchange(TenantId tenant, ClientId client, Token assertion) {
    ManagedIdentity identity =
        identities.values().stream()
            .filter(each -> each.client().equals(client))
            .findFirst()
            .orElseThrow();
    boolean trusted =
        trusted(identity.id()).stream()
            .anyMatch(
                credential ->
                    assertion.use(
                        text -> payload(text).contains("\"" + credential.issuer() + "\"")));
    if (!trusted || !passed("credential " + identity.id().key())) {
      return new Exchange.Refused(new AzureAnswer(401, "AADSTS700211", "no match", "c-1"));
    }
    return new Exchange.Granted(new Token(identity.principal().value()));
  }

  @Override
  public Answer probe(Vault vault, SecretName secret, Token token) {
    String scope = vault.id().child("secrets", secret.value()).text();
    boolean allowed =
        roles.values().stream()
            .filter(role -> token.use(role.principal().value()::equals))
            .filter(role -> role.scope().equals(scope))
            .anyMatch(role -> passed("role " + role.principal() + role.scope()));
    if (allowed && absent.contains(secret)) {
      return new Answer.Missing(new AzureAnswer(404, "SecretNotFound", "not found", "c-3"));
    }
    return allowed
        ? new Answer.Read()
        : new Answer.Refused(new AzureAnswer(403, "ForbiddenByRbac", "not authorized", "c-2"));
  }

  @Override
  public Cluster open(Kubeconfig kubeconfig) {
    return new Api(kubeconfig.cluster());
  }

  @Override
  public Optional<Release> newest(Kubeconfig kubeconfig, String namespace, String name) {
    return Optional.ofNullable(releases.get(kubeconfig.cluster().key()));
  }

  @Override
  public Rendered render(ChartWish chart, String namespace, ChartValues values) {
    @SuppressWarnings("unchecked") // the engine made this map
    var identity = (Map<String, Object>) values.tree().getOrDefault("identity", Map.of());
    return Samples.chart(String.valueOf(identity.get("clientId")));
  }

  @Override
  public Release deploy(
      Kubeconfig kubeconfig,
      String namespace,
      ChartWish chart,
      ChartValues values,
      Optional<Release> before,
      String note) {
    writes.add("release on " + kubeconfig.cluster().name());
    Problem refusal = refusals.poll();
    var release =
        new Release(
            namespace,
            chart.release(),
            before.map(Release::revision).orElse(0) + 1,
            refusal == null ? "deployed" : "failed",
            "workload 0.1.0",
            "digest-1",
            values,
            "kind: Deployment",
            time.now(),
            refusal == null ? note : "Helm's own words",
            Map.of(),
            List.of(),
            0);
    add(kubeconfig, release);
    if (refusal != null) {
      throw new ProblemException(refusal);
    }
    return release;
  }

  /// Keeps it as the newest revision; one that succeeded takes the place of those before.
  void add(Kubeconfig kubeconfig, Release release) {
    String cluster = kubeconfig.cluster().key();
    releases.put(cluster, release);
    drifts.remove(cluster);
    history.compute(
        cluster,
        (_, old) ->
            Stream.concat(
                    Stream.of(release),
                    Stream.ofNullable(old)
                        .flatMap(List::stream)
                        .map(each -> supersededBy(release, each)))
                .toList());
  }

  private static Release supersededBy(Release newer, Release older) {
    return newer.status().equals("deployed") && older.status().equals("deployed")
        ? with(older, older.revision(), "superseded", older.description())
        : older;
  }

  static Release with(Release release, int revision, String status, String description) {
    return ReleaseCopy.of(release)
        .revision(revision)
        .status(status)
        .description(description)
        .made();
  }

  @Override
  public List<Release> history(Kubeconfig kubeconfig, String namespace, String name) {
    String cluster = kubeconfig.cluster().key();
    Optional<Release> newest = Optional.ofNullable(releases.get(cluster));
    return newest.stream()
        .flatMap(
            release ->
                Stream.concat(
                    Stream.of(release),
                    history.getOrDefault(cluster, List.of()).stream()
                        .filter(older -> older.revision() < release.revision())))
        .toList();
  }

  @Override
  public Release rollBack(Kubeconfig kubeconfig, Release good, String note) {
    writes.add("rolled back " + kubeconfig.cluster().name());
    Problem refusal = refusals.poll();
    if (refusal != null) {
      throw new ProblemException(refusal);
    }
    int newest = newest(kubeconfig, good.namespace(), good.name()).orElseThrow().revision();
    Release back = with(good, newest + 1, "deployed", note);
    add(kubeconfig, back);
    return back;
  }

  @Override
  public void recover(Kubeconfig kubeconfig, Release pending) {
    writes.add("recovered " + kubeconfig.cluster().name());
    releases.remove(kubeconfig.cluster().key());
  }

  private List<FederatedCredential> trusted(ResourceId identity) {
    return credentials.getOrDefault(identity, List.of());
  }

  private boolean passed(String event) {
    Instant date = dates.get(event);
    return date != null && !time.now().isBefore(date);
  }

  private static String payload(String token) {
    return new String(
        Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]), StandardCharsets.UTF_8);
  }

  /// The identities and their credentials.
  private final class Identities implements ManagedIdentities {
    @Override
    public Optional<ManagedIdentity> find(ResourceId id) {
      reads.add("get " + id.name());
      return Optional.ofNullable(identities.get(id));
    }

    @Override
    public List<ManagedIdentity> list(String subscription) {
      reads.add("identities of " + subscription);
      return List.copyOf(identities.values());
    }

    @Override
    public List<ManagedIdentity> list(String subscription, String resourceGroup) {
      reads.add("identities of " + resourceGroup);
      return identities.values().stream()
          .filter(identity -> identity.id().resourceGroup().equals(resourceGroup))
          .toList();
    }

    @Override
    public ManagedIdentity put(ResourceId id, String location, Tags tags) {
      writes.add("identity " + id.name());
      return identities.compute(
          id,
          (_, old) ->
              new ManagedIdentity(
                  id,
                  location,
                  Samples.TENANT,
                  new PrincipalId("principal of " + id.name()),
                  new ClientId("client of " + id.name()),
                  tags));
    }

    @Override
    public List<FederatedCredential> credentials(ResourceId identity) {
      return trusted(identity);
    }

    @Override
    public void put(ResourceId identity, FederatedCredential credential) {
      writes.add("credential " + credential.name());
      dates.put("credential " + identity.key(), time.now().plusSeconds(10));
      credentials.put(identity, List.of(credential));
      trusts
          .computeIfAbsent(
              identity.name().substring("id-orders-".length()), _ -> new CountDownLatch(1))
          .countDown();
    }
  }

  /// The one vault, which obeys roles.
  private final class SharedVault implements Vaults {
    @Override
    public Optional<Vault> find(ResourceId id) {
      if (interrupting) {
        othersWait();
      }
      return Optional.of(Samples.vault(Vault.Model.ROLES));
    }

    /// Lets those who need the vault come so far that they wait for it.
    private static void othersWait() {
      try {
        boolean _ = new CountDownLatch(1).await(200, TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public List<SecretName> missing(ResourceId vault, List<SecretName> secrets) {
      reads.add("secrets of " + vault.name());
      mayLook();
      return secrets.stream().filter(absent::contains).toList();
    }

    @Override
    public void allowGetOfSecrets(ResourceId vault, ManagedIdentity identity) {
      throw new IllegalStateException("this vault obeys roles");
    }
  }

  /// The API server of one cluster.
  private final class Api implements Cluster {
    private final ResourceId id;

    Api(ResourceId id) {
      this.id = id;
    }

    @Override
    public NamespaceState namespace(String name) {
      Optional.ofNullable(silences.poll())
          .or(() -> silent.contains(id.name()) ? Optional.of(SILENCE) : Optional.empty())
          .ifPresent(
              problem -> {
                throw new ProblemException(problem);
              });
      return NamespaceState.PRESENT;
    }

    @Override
    public void createNamespace(String name) {
      throw new IllegalStateException("the namespace is there");
    }

    @Override
    public Optional<Map<String, String>> annotations(ServiceAccount account) {
      return Optional.of(Map.of("azure.workload.identity/client-id", client()));
    }

    @Override
    public Webhook webhook(String namespace) {
      return Webhook.SERVES;
    }

    @Override
    public List<Pod> pods(ServiceAccount account) {
      return List.of(
          new Pod(
              account.namespace(),
              "orders-1",
              "uid-1",
              account.name(),
              Map.of("azure.workload.identity/use", "true"),
              bare ? Map.of() : injected(),
              bare ? List.of() : List.of(FederatedCredential.AUDIENCE),
              bare ? Pod.Readiness.NOT_READY : Pod.Readiness.READY,
              time.now(),
              Optional.empty(),
              Optional.empty()));
    }

    @Override
    public LiveDrift drift(String namespace, String manifest) {
      reads.add("objects on " + id.name());
      objectsRefused.ifPresent(
          problem -> {
            throw new ProblemException(problem);
          });
      return drifts.getOrDefault(id.key(), LiveDrift.none());
    }

    @Override
    public List<FixedObject> fixed(String namespace, String before, String wanted) {
      return fixed.getOrDefault(id.key(), List.of());
    }

    @Override
    public Rollout awaitRollout(
        String namespace, String manifest, Duration bound, Patience patience) {
      if (bare) {
        time.pause(bound.dividedBy(2));
        patience.goesOn();
      }
      if (bare) {
        return new Rollout.TimedOut(0, 1, List.of());
      }
      Rollout next = rollouts.poll();
      if (next instanceof Rollout.TimedOut) {
        time.pause(bound);
      }
      return next == null ? new Rollout.Ready(1) : next;
    }

    @Override
    public Token token(ServiceAccount account, Pod boundTo, Duration life) {
      String claims = "{\"iss\":\"%s\",\"sub\":\"%s\"}".formatted(issuerOf(id), account.subject());
      String payload =
          Base64.getUrlEncoder()
              .withoutPadding()
              .encodeToString(claims.getBytes(StandardCharsets.UTF_8));
      return new Token("e30." + payload + ".c2ln");
    }

    @Override
    public void restart(List<Pod> pods) {
      if (!bare) {
        throw new IllegalStateException("these pods are mutated");
      }
      bare = false;
    }

    @Override
    public void close() {
      // nothing is open
    }

    private Map<String, String> injected() {
      return Map.of(
          "AZURE_CLIENT_ID", client(),
          "AZURE_TENANT_ID", Samples.TENANT.value(),
          "AZURE_FEDERATED_TOKEN_FILE", "/token");
    }

    private String client() {
      return "client of id-orders-" + id.name();
    }
  }
}
