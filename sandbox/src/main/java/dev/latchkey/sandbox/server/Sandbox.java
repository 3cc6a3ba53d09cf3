// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.server;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.latchkey.sandbox.access.Directory;
import dev.latchkey.sandbox.admin.Admin;
import dev.latchkey.sandbox.clock.Activity;
import dev.latchkey.sandbox.clock.Agenda;
import dev.latchkey.sandbox.clock.SandboxClock;
import dev.latchkey.sandbox.clock.Seed;
import dev.latchkey.sandbox.cloud.Cloud;
import dev.latchkey.sandbox.cluster.AzureResources;
import dev.latchkey.sandbox.command.CommandPod;
import dev.latchkey.sandbox.fault.FaultRule;
import dev.latchkey.sandbox.fault.Faults;
import dev.latchkey.sandbox.graph.MicrosoftGraph;
import dev.latchkey.sandbox.issuer.PipelineIssuer;
import dev.latchkey.sandbox.kubernetes.KubernetesClusters;
import dev.latchkey.sandbox.kubernetes.World;
import dev.latchkey.sandbox.limit.Throttling;
import dev.latchkey.sandbox.message.Answer;
import dev.latchkey.sandbox.message.Ask;
import dev.latchkey.sandbox.message.Origin;
import dev.latchkey.sandbox.message.Service;
import dev.latchkey.sandbox.message.Witness;
import dev.latchkey.sandbox.node.Nodes;
import dev.latchkey.sandbox.node.TokenPath;
import dev.latchkey.sandbox.premise.Operator;
import dev.latchkey.sandbox.premise.Premise;
import dev.latchkey.sandbox.premise.Premises;
import dev.latchkey.sandbox.secret.Secrets;
import dev.latchkey.sandbox.state.SavedWorld;
import dev.latchkey.sandbox.token.Keys;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

/// A running simulated Azure on this machine's loopback: ARM, Entra ID, Key Vault, and the issuer
/// and Kubernetes API of each cluster, over HTTPS.
public final class Sandbox implements AutoCloseable {
  private static final Duration BUILT_BEFORE = Duration.ofHours(1);
  private static final Duration ASSERTION_LIFE = Duration.ofHours(24);

  private final SandboxClock clock;
  private final Seed seed;
  private final Keys keys = new Keys();
  private final String adminToken = AdminToken.fresh();
  private final DefaultFleet fleet;
  private final CertificateAuthority authority;
  private final RequestLog log;
  private final Wire wire = new Wire();
  private final Activity activity = new Activity();
  private final Faults faults;
  private final Reception reception;
  private final ClusterPorts clusterPorts;
  private final LoopbackAddresses addresses;
  private final Tunnel tunnel;
  private final LoopbackFetch fetch;
  private final PipelineIssuer pipeline;
  private final Registrations registrations;
  private final OperatorToken operator;
  private final Cloud cloud;
  private final Secrets secrets;
  private final KubernetesClusters kubernetes;
  private final Service backstage;
  private final Premises premises;
  private final Door front;
  private final Agenda agenda;
  private final PodGround ground;
  private final Nodes nodes;
  private final CommandPod commandPod = new CommandPod(this::apiServer);
  private final Options options;

  /// Starts one; it serves when this returns, until it is closed.
  public static Sandbox start(Options options) {
    return new Sandbox(options);
  }

  private Sandbox(Options options) {
    this.options = options;
    clock = options.time().map(SandboxClock::new).orElseGet(SandboxClock::wall);
    seed = new Seed(options.seed());
    agenda = new Agenda(clock);
    operator = new OperatorToken(clock, keys);
    fleet = DefaultFleet.of(options.size());
    authority = new CertificateAuthority("latchkey sandbox", clock.source());
    log = RequestLog.to(options.requestLog());
    var door = new CompletableFuture<Door>();
    faults = faults(options);
    reception = new Reception(clock, log, faults, activity, door);
    clusterPorts = new ClusterPorts(clock, wire, reception);
    addresses = new LoopbackAddresses(listen(options));
    Optional<SavedWorld> saved = options.saved().map(world -> world.at(addresses.port()));
    saved.ifPresent(world -> keys.restore(world.keys()));
    tunnel = Tunnel.to(addresses.port());
    fetch = new LoopbackFetch(addresses.port(), authority);
    pipeline =
        new PipelineIssuer(
            addresses.login() + "/pipeline/" + seed.uuid("pipeline", "organisation"), keys);
    registrations = new Registrations(pipeline, seed);
    cloud = new Cloud(inputs(options));
    roughen(options, cloud);
    registrations.all().forEach(cloud.applications()::add);
    secrets = cloud.secrets();
    AzureResources azure = cloud.azure();
    var kubernetesWorld = kubernetesWorld(options, azure);
    ground = new PodGround(options.programs(), authority);
    nodes = Nodes.start(kubernetesWorld, agenda, ground.pods(), TokenPath.FROM_1_6);
    kubernetes = new KubernetesClusters(kubernetesWorld, nodes);
    // keys and certificates are most of the work for a large fleet
    fleet.sites().parallelStream().forEach(site -> clusterPorts.endpoint(site.id()));
    saved.ifPresentOrElse(this::restore, this::build);
    backstage = azure.backstage();
    premises = new Premises(new Premises.Reach(cloud, kubernetes, agenda, seed, operator::with));
    clusterPorts.serve(azure.clusters());
    saved.ifPresent(world -> kubernetes.restore(world.kubernetes()));
    front = new Door(services());
    door.complete(front);
  }

  /// What is written takes Azure's time to be honoured: so it is written an hour ago.
  private void build() {
    clock.advance(BUILT_BEFORE.negated());
    fleet.build(cloud.azure(), cloud.directory(), secrets, kubernetes, operator::with);
    clock.advance(BUILT_BEFORE);
  }

  /// All but what is in the clusters, whose controllers look at the rest as soon as they are there.
  private void restore(SavedWorld world) {
    clock.advance(world.clockAhead());
    cloud.directory().restore(world.directory());
    cloud.azure().restore(world.azure());
    secrets.restore(world.secrets());
    seed.restore(world.asked()); // last, since what was restored has asked too
  }

  /// The whole world at this moment. What is written meanwhile may be in it or not.
  public SavedWorld saved() {
    return new SavedWorld(
        SavedWorld.VERSION,
        clock.now(),
        addresses.port(),
        options.clusters(),
        options.seed(),
        clock.ahead(),
        seed.saved(),
        keys.saved(),
        cloud.directory().saved(),
        cloud.azure().saved(),
        secrets.saved(),
        kubernetes.saved());
  }

  private Faults faults(Options options) {
    var concerned = new ConcernedClusters(() -> clusterPorts.clusters());
    var faults = new Faults(seed, concerned::of, this::pause);
    faults.load(
        Stream.of(options.faults(), options.profile().faults().rules())
            .flatMap(List::stream)
            .toList());
    return faults;
  }

  private void pause(Duration time) throws InterruptedException {
    var over = new CountDownLatch(1);
    agenda.after(time, over::countDown);
    activity.waits();
    try {
      over.await();
    } finally {
      activity.goesOn();
    }
  }

  /// A saved world's own port if it is free, so that what clients remember of it stays true.
  private int listen(Options options) {
    int port = options.port();
    Optional<Integer> known = options.saved().map(SavedWorld::port).filter(_ -> port == 0);
    try {
      return listen(known.orElse(port));
    } catch (RuntimeException e) {
      if (known.isEmpty()) {
        throw e;
      }
      return listen(0);
    }
  }

  private int listen(int port) {
    return wire.listen(
        port,
        authority.server(
            List.of(
                "localhost",
                "*." + LoopbackAddresses.VAULT_DOMAIN,
                DefaultFleet.VAULT + "." + LoopbackAddresses.VAULT_DOMAIN),
            List.of(Wire.IPV4, Wire.IPV6)),
        exchange -> reception.take(exchange, Door::front));
  }

  private Cloud.Inputs inputs(Options options) {
    return new Cloud.Inputs(
        DefaultFleet.TENANT,
        clock,
        options.profile().pace(),
        throttling(options),
        options.profile().unknownSecretScopes(),
        seed,
        keys,
        addresses,
        () -> clusterPorts,
        fetch,
        pipeline,
        () -> commandPod);
  }

  private static Throttling throttling(Options options) {
    return switch (options.profile().throttling()) {
      case OFF -> Throttling.OFF;
      case AZURE -> Throttling.AZURE;
    };
  }

  private static void roughen(Options options, Cloud cloud) {
    switch (options.profile().faults()) {
      case NONE -> {}
      case ROUGH -> cloud.letReplicasDiffer();
    }
  }

  private World kubernetesWorld(Options options, AzureResources azure) {
    return new World(
        clock,
        options.profile().pace(),
        seed,
        keys,
        azure.clusters(),
        azure.access(),
        addresses,
        clusterPorts,
        azure::administratorToken,
        DefaultFleet.TENANT);
  }

  private Map<Door.Place, Service> services() {
    Map<Door.Place, Service> services = new EnumMap<>(Door.Place.class);
    services.put(
        Door.Place.ADMIN, new Admin(clock, premises, faults, () -> saved().tree(), adminToken));
    services.put(Door.Place.ARM, premises.watching(cloud.azure().arm()));
    services.put(Door.Place.ENTRA, cloud.entra());
    services.put(Door.Place.GRAPH, graph(cloud.directory()));
    services.put(Door.Place.ISSUER, premises.reachable(cloud.issuers()));
    services.put(Door.Place.KEYVAULT, cloud.keyVault());
    services.put(Door.Place.KUBERNETES, premises.watching(this::kubernetes));
    return services;
  }

  private MicrosoftGraph graph(Directory directory) {
    return new MicrosoftGraph(
        new MicrosoftGraph.World(
            DefaultFleet.TENANT,
            clock,
            seed,
            keys,
            addresses,
            directory,
            Set.of(DefaultFleet.OPERATOR_OBJECT)));
  }

  private Answer kubernetes(Ask ask) {
    return switch (ask.origin()) {
      case Origin.Cluster(String id) ->
          clusterPorts.clusters().find(id).isPresent()
              ? kubernetes.of(id).answer(ask)
              : Answer.empty(404);
      case Origin.Front(), Origin.Vault _ -> Answer.empty(404);
    };
  }

  private Service apiServer(String clusterId) {
    return kubernetes.of(clusterId);
  }

  /// The address of ARM, which tells clients all others.
  public String url() {
    return addresses.arm();
  }

  /// The certificate of the authority that all but the clusters' ports show, as PEM.
  public String authorityPem() {
    return authority.pem();
  }

  /// The clock of this world; to advance it is to let time pass.
  public SandboxClock clock() {
    return clock;
  }

  /// What is being done here, for whoever drives the clock.
  public Activity activity() {
    return activity;
  }

  /// What this world will do by itself, for whoever drives the clock.
  public Agenda agenda() {
    return agenda;
  }

  /// Lets requests fail by these rules instead of those that hold.
  public void load(List<FaultRule> rules) {
    faults.load(rules);
  }

  /// Shows every request to somebody first, who decides whether it is answered.
  public void let(Witness witness) {
    reception.let(witness);
  }

  /// Makes a mistake with one cluster.
  ///
  /// @param cluster the cluster's name
  public Premises.Outcome set(Premise premise, String cluster) {
    return premises.set(premise, cluster);
  }

  /// Undoes it.
  public Premises.Outcome mend(Premise premise, String cluster) {
    return premises.mend(premise, cluster);
  }

  /// A token of the tenant's own key that claims whatever is wanted.
  String signed(JWTClaimsSet claims) {
    return keys.sign(DefaultFleet.TENANT, claims);
  }

  /// What this sandbox answers, without the wire between.
  Answer answer(Ask ask) {
    return front.answer(Door.place(ask), ask);
  }

  /// What ARM answers the operator, who owns all subscriptions: the way to change this world as
  /// somebody at Azure's portal would.
  ///
  /// @param body JSON; empty for none
  public Answer askArm(String method, String id, String apiVersion, String body) {
    return premises
        .watching(backstage)
        .answer(operator.with(Operator.toArm(method, id, apiVersion, body)));
  }

  /// What a cluster's API server answers its administrator.
  ///
  /// @param clusterId the cluster's resource id
  /// @param body JSON, for `PATCH` a merge patch; empty for none
  public Answer askCluster(String clusterId, String method, String path, String body) {
    return kubernetes.of(clusterId).answer(Operator.toCluster(clusterId, method, path, body));
  }

  /// An assertion by which the pipeline's service principal signs in; good for a day.
  public String pipelineAssertion() {
    return pipelineAssertion(ASSERTION_LIFE);
  }

  /// The same, good for a while from now.
  public String pipelineAssertion(Duration life) {
    return pipeline.assertion(Registrations.PIPELINE_SUBJECT, clock.now(), life);
  }

  /// Every token that was issued, so that tests can look for leaks.
  public Set<String> tokensIssued() {
    var all = new HashSet<>(keys.issued());
    all.addAll(kubernetes.issuedTokens());
    return Set.copyOf(all);
  }

  /// Every value that a secret has or had, so that tests can look for leaks.
  public Set<String> secretsIssued() {
    return secrets.values();
  }

  /// Writes what clients need into a folder: `ca.pem`, `truststore.p12`, `federated-token`,
  /// `sandbox.env`, `az.env`, `operator.env`, `latchkey.yaml`, `control.json` by which the sandbox
  /// is steered, and a kubeconfig of each cluster's administrator.
  ///
  /// @return the variables that `sandbox.env` holds
  public Map<String, String> writeTo(Path folder) throws IOException {
    var files =
        new SandboxFiles(folder, addresses, tunnel.url(), authority, fleet, options, adminToken);
    return files.write(pipelineAssertion(), registrations.operatorVariables(), clusterPorts);
  }

  @Override
  public void close() {
    nodes.close();
    agenda.close();
    ground.close();
    clusterPorts.close();
    reception.close();
    tunnel.close();
    wire.close();
    fetch.close();
    log.close();
  }
}
