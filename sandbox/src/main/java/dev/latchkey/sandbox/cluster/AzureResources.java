// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.cluster;

import dev.latchkey.sandbox.access.Access;
import dev.latchkey.sandbox.access.RoleAccess;
import dev.latchkey.sandbox.access.Roles;
import dev.latchkey.sandbox.arm.Arm;
import dev.latchkey.sandbox.arm.Disturbances;
import dev.latchkey.sandbox.arm.GroupDeletions;
import dev.latchkey.sandbox.arm.Lags;
import dev.latchkey.sandbox.arm.Locations;
import dev.latchkey.sandbox.arm.Providers;
import dev.latchkey.sandbox.arm.ResourceGroups;
import dev.latchkey.sandbox.arm.ResourceList;
import dev.latchkey.sandbox.arm.ResourceType;
import dev.latchkey.sandbox.arm.Store;
import dev.latchkey.sandbox.arm.Subscriptions;
import dev.latchkey.sandbox.arm.Tenants;
import dev.latchkey.sandbox.arm.Veto;
import dev.latchkey.sandbox.authorization.Permissions;
import dev.latchkey.sandbox.authorization.RoleAssignments;
import dev.latchkey.sandbox.authorization.RoleDefinitions;
import dev.latchkey.sandbox.identity.CredentialWrites;
import dev.latchkey.sandbox.identity.Credentials;
import dev.latchkey.sandbox.identity.FederatedCredentials;
import dev.latchkey.sandbox.identity.IdentityOperations;
import dev.latchkey.sandbox.identity.NewIdentities;
import dev.latchkey.sandbox.identity.UserAssignedIdentities;
import dev.latchkey.sandbox.limit.Throttling;
import dev.latchkey.sandbox.lock.LockCheck;
import dev.latchkey.sandbox.lock.Locks;
import dev.latchkey.sandbox.message.Service;
import dev.latchkey.sandbox.policy.Policies;
import dev.latchkey.sandbox.policy.PolicyAssignments;
import dev.latchkey.sandbox.policy.PolicyDefinitions;
import dev.latchkey.sandbox.vault.KeyVaults;
import dev.latchkey.sandbox.vault.SecretScopes;
import dev.latchkey.sandbox.vault.Vault;
import dev.latchkey.sandbox.vault.VaultWorld;
import dev.latchkey.sandbox.vault.Vaults;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// All that ARM manages in one simulated world: the service itself, what the other services see of
/// it, and how it is filled at the beginning.
public final class AzureResources {
  private final Store store;
  private final Roles roles;
  private final RoleAccess access;
  private final Subscriptions subscriptions;
  private final ResourceGroups groups;
  private final FederatedCredentials credentials;
  private final NewIdentities newIdentities;
  private final RoleAssignments assignments;
  private final KeyVaults vaults;
  private final ClusterWrites clusterWrites;
  private final Clusters clusters;
  private final ClusterDates dates;
  private final Operations operations;
  private final Situations situations;
  private final Kubeconfigs kubeconfigs;
  private final Arm arm;
  private final Arm backstage;

  private AzureResources(AzureWorld world) {
    String tenant = world.tenantId();
    var lags = new Lags(world.clock(), world.pace(), world.seed());
    operations = new Operations(world.addresses(), world.seed());
    var runs = new Runs();
    dates = new ClusterDates(world.pace(), lags);
    store = new Store(world.clock());
    roles = new Roles();
    access = new RoleAccess(roles, world.clock());
    subscriptions = new Subscriptions(store, access, tenant);
    groups = new ResourceGroups(store, world.addresses(), world.pace(), world.seed());
    credentials = new FederatedCredentials(store, lags, world.addresses(), world.clock());
    newIdentities = new NewIdentities(store, lags);
    assignments =
        new RoleAssignments(
            store, access, roles, world.directory(), lags, world.addresses(), tenant);
    vaults =
        new KeyVaults(
            new VaultWorld(
                store,
                world.addresses(),
                tenant,
                world.clock(),
                world.pace(),
                world.seed(),
                world.secrets()));
    kubeconfigs = new Kubeconfigs(world.servers(), world.seed());
    situations = new Situations(world.clock(), store, operations, dates, runs);
    clusterWrites = new ClusterWrites(world, store, operations, dates, situations);
    clusters = new KnownClusters(store, world.clock(), dates, tenant);
    var commands =
        new RunCommands(
            runs, world.commands(), world.seed(), world.pace(), world.addresses(), situations);
    var policies = new Policies(store);
    List<ResourceType> own =
        List.of(
            new Tenants(tenant),
            subscriptions,
            new Locations(),
            groups,
            new GroupDeletions(store, world.addresses(), world.seed()),
            new ResourceList(ResourceList.Of.SUBSCRIPTION, store, world.addresses(), world.clock()),
            new ResourceList(ResourceList.Of.GROUP, store, world.addresses(), world.clock()),
            new UserAssignedIdentities(
                store, world.directory(), lags, world.seed(), world.addresses(), tenant),
            new IdentityOperations(),
            credentials,
            assignments,
            new RoleDefinitions(store, roles, access, world.addresses()),
            new Permissions(access, roles, world.addresses()),
            new Locks(store, world.addresses()),
            new PolicyDefinitions(store, world.addresses()),
            new PolicyAssignments(store, world.addresses()),
            new ManagedClusters(
                store,
                world.addresses(),
                clusterWrites,
                new ClusterActions(store, clusterWrites, operations, dates, situations),
                kubeconfigs,
                commands),
            new AgentPools(
                store,
                world.addresses(),
                situations,
                new PoolWrites(store, clusterWrites, situations)),
            new CommandResults(store, commands),
            new KubernetesVersions(situations),
            new OperationStatus(OperationStatus.Kind.STATUS, operations, world.addresses()),
            new OperationStatus(OperationStatus.Kind.RESULT, operations, world.addresses()));
    List<ResourceType> types = Stream.concat(own.stream(), vaults.types().stream()).toList();
    List<Veto> vetoes =
        List.of(
            new LockCheck(store),
            policies,
            new SecretScopes(world.unknownSecretScopes(), world.secrets()));
    arm = arm(world, world.throttling(), types, with(newIdentities, vetoes));
    backstage = arm(world, Throttling.OFF, types, vetoes);
  }

  private Arm arm(
      AzureWorld world, Throttling throttling, List<ResourceType> types, List<Veto> vetoes) {
    return new Arm(
        world.tenantId(),
        world.keys(),
        world.addresses(),
        world.clock(),
        world.seed(),
        access,
        throttling,
        store,
        new Providers(store, world.addresses(), world.pace(), types),
        types,
        vetoes);
  }

  private static List<Veto> with(Veto one, List<Veto> others) {
    return Stream.concat(Stream.of(one), others.stream()).toList();
  }

  /// The resources of a new world: none yet.
  public static AzureResources create(AzureWorld world) {
    return new AzureResources(world);
  }

  /// All that is there at this moment.
  public SavedResources saved() {
    return new SavedResources(
        store.saved(),
        access.saved(),
        newIdentities.saved(),
        credentials.saved(),
        dates.saved(),
        operations.saved());
  }

  /// Adds what was saved.
  public void restore(SavedResources saved) {
    store.restore(saved.resources());
    // an assignment that arrives gets dates of its own: these are the right ones
    saved.assignments().forEach(access::add);
    newIdentities.restore(saved.identities());
    credentials.restore(saved.credentials());
    dates.restore(saved.dates());
    operations.restore(saved.operations());
  }

  /// ARM itself.
  public Service arm() {
    return arm;
  }

  /// What disturbs the next requests to ARM.
  public Disturbances disturbances() {
    return arm.disturbances();
  }

  /// The same without limits on requests, for whoever sets the world up.
  public Service backstage() {
    return backstage;
  }

  /// What exists, for situations that are set from outside.
  public Store store() {
    return store;
  }

  /// The clusters as the rest of the world sees them.
  public Clusters clusters() {
    return clusters;
  }

  /// What can be true of AKS that no request makes true.
  public Situations situations() {
    return situations;
  }

  /// Who may do what.
  public Access access() {
    return access;
  }

  /// The role definitions.
  public Roles roles() {
    return roles;
  }

  /// The federated credentials as Entra sees them.
  public Credentials credentials() {
    return credentials.credentials();
  }

  /// From now on a new identity is no parent of credentials before all replicas of ARM know it.
  public void letReplicasDiffer() {
    newIdentities.letReplicasDiffer();
  }

  /// Who writes federated credentials right now.
  public CredentialWrites credentialWrites() {
    return credentials.writes();
  }

  /// The vaults as their data plane sees them.
  public Vaults vaults() {
    return vaults;
  }

  /// The static token that the kubeconfigs of a cluster without Entra ID hold.
  public String administratorToken(String clusterId) {
    return kubeconfigs.token(clusterId);
  }

  /// Adds a subscription.
  public void addSubscription(String id, String displayName) {
    subscriptions.add(id, displayName);
  }

  /// Adds a resource group.
  public void addGroup(String subscriptionId, String name, String location) {
    groups.add(subscriptionId, name, location);
  }

  /// Adds a cluster that has been there for long.
  ///
  /// @return its resource id
  public String addCluster(ClusterPlan plan) {
    clusterWrites.add(plan.id(), body(plan));
    return plan.id();
  }

  private static ObjectNode body(ClusterPlan plan) {
    ObjectNode body = JsonMapper.shared().createObjectNode().put("location", plan.location());
    ObjectNode tags = body.putObject("tags");
    plan.tags().forEach(tags::put);
    body.putObject("identity").put("type", "SystemAssigned");
    ObjectNode properties = body.putObject("properties");
    properties.put("kubernetesVersion", plan.kubernetesVersion());
    properties
        .putArray("agentPoolProfiles")
        .addObject()
        .put("name", "nodepool1")
        .put("count", 3)
        .put("mode", "System");
    boolean issuer = plan.features() != ClusterPlan.Features.NONE;
    properties.putObject("oidcIssuerProfile").put("enabled", issuer);
    if (plan.features() == ClusterPlan.Features.WORKLOAD_IDENTITY) {
      properties.putObject("securityProfile").putObject("workloadIdentity").put("enabled", true);
    }
    switch (plan.authorization()) {
      case LOCAL -> properties.put("disableLocalAccounts", false);
      case ENTRA_KUBERNETES_RBAC -> entra(properties, false);
      case AZURE_RBAC -> {
        entra(properties, true);
        properties.put("disableLocalAccounts", true);
      }
    }
    return body;
  }

  private static void entra(ObjectNode properties, boolean azureRbac) {
    properties.putObject("aadProfile").put("managed", true).put("enableAzureRBAC", azureRbac);
  }

  /// Adds a vault.
  ///
  /// @return its resource id
  public String addVault(
      String subscriptionId,
      String resourceGroup,
      String name,
      String location,
      Vault.PermissionModel model) {
    return vaults.add(subscriptionId, resourceGroup, name, location, model);
  }

  /// Gives a role to a principal, honoured everywhere at once.
  ///
  /// @param role the GUID of a role
  /// @return the assignment's resource id
  public String assign(String principalId, String role, String scope) {
    return assignments.add(principalId, role, scope);
  }
}
