// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.end2end;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.azure.core.credential.TokenCredential;
import com.azure.core.exception.HttpResponseException;
import com.azure.core.management.exception.ManagementException;
import com.azure.resourcemanager.authorization.fluent.RoleAssignmentsClient;
import com.azure.resourcemanager.authorization.fluent.models.RoleAssignmentInner;
import com.azure.resourcemanager.authorization.models.RoleAssignmentCreateParameters;
import com.azure.resourcemanager.containerservice.fluent.ManagedClustersClient;
import com.azure.resourcemanager.containerservice.fluent.models.ManagedClusterInner;
import com.azure.resourcemanager.containerservice.models.ManagedClusterOidcIssuerProfile;
import com.azure.resourcemanager.containerservice.models.ManagedClusterSecurityProfile;
import com.azure.resourcemanager.containerservice.models.ManagedClusterSecurityProfileWorkloadIdentity;
import com.azure.resourcemanager.msi.fluent.ManagedServiceIdentityClient;
import com.azure.resourcemanager.msi.fluent.models.FederatedIdentityCredentialInner;
import com.azure.resourcemanager.msi.fluent.models.IdentityInner;
import com.azure.security.keyvault.secrets.SecretClientBuilder;
import dev.latchkey.sandbox.message.Answer;
import dev.latchkey.sandbox.server.Options;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import reactor.util.retry.Retry;

/// The Azure SDK for Java, blocking and reactive, at 60 times Azure's pace: what takes Azure
/// minutes to be honoured takes seconds.
@TestInstance(Lifecycle.PER_CLASS)
class SdkIT {
  private static final String GROUP = "rg-sea";
  private static final String CLUSTER = "aks-sea-1";
  private static final String SECRETS_USER = "4633458b-17de-408a-b874-0445c86b69e6";
  private static final String SUBJECT = "system:serviceaccount:default:default";
  private static final String AUDIENCE = "api://AzureADTokenExchange";
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  /// Kept, because loggers that nobody holds forget their level.
  private static final Logger CHATTY = Logger.getLogger("com.azure");

  private World world;
  private Sdk sdk;
  private TokenCredential operator;
  private Path folder;

  @BeforeAll
  void start(@TempDir Path root) throws Exception {
    CHATTY.setLevel(Level.SEVERE); // it warns of its own headers
    folder = root;
    world = World.start(root, Options.defaults().withProfile(Options.Profile.AZURE.at(60)));
    sdk = new Sdk(world);
    Map<String, String> signIn = exported(world.folder().resolve("operator.env"));
    operator =
        sdk.operator(
            signIn.getOrDefault("AZURE_CLIENT_ID", ""),
            signIn.getOrDefault("AZURE_CLIENT_SECRET", ""));
  }

  @AfterAll
  void stop() throws Exception {
    world.close();
    RequestLogs.keep("azure-sdk-java", world);
  }

  @Test
  void listsTheSameClustersInBothStyles() {
    ManagedClustersClient clusters = sdk.clusters(operator).getManagedClusters();

    List<String> blocking = clusters.list().stream().map(ManagedClusterInner::name).toList();
    List<String> reactive =
        clusters
            .listAsync()
            .map(ManagedClusterInner::name)
            .collectList()
            .blockOptional(PATIENCE)
            .orElseThrow();

    assertThat(blocking).containsExactlyInAnyOrder("aks-weu-1", "aks-neu-1", "aks-sea-1");
    assertThat(reactive).isEqualTo(blocking);
  }

  @Test
  void seesAzuresErrorWhereNothingIs() {
    ManagedClustersClient clusters = sdk.clusters(operator).getManagedClusters();

    assertThatExceptionOfType(ManagementException.class)
        .isThrownBy(() -> clusters.getByResourceGroup(GROUP, "aks-nowhere"))
        .satisfies(e -> assertThat(e.getValue().getCode()).isEqualTo("ResourceNotFound"));
  }

  @Test
  void signsInWithoutASecretAsThePipelineDoes() {
    String client = world.console().variables().getOrDefault("AZURE_CLIENT_ID", "");
    TokenCredential pipeline = sdk.asserted(client, world.sandbox()::pipelineAssertion);

    assertThat(sdk.clusters(pipeline).getManagedClusters().getByResourceGroup(GROUP, CLUSTER).id())
        .endsWith("/managedClusters/" + CLUSTER);
  }

  @Test
  void takesAPodFromItsTokenToItsSecret() throws Exception {
    String issuer = enabledIssuer();
    IdentityInner identity = identityTrusting(issuer);
    String pod = identity.clientId().toString();
    assign(identity.principalId());
    Path token = Files.writeString(folder.resolve("token"), serviceAccountToken());

    String vault = "https://kv-shared.vault.localhost:" + port();
    SecretClientBuilder fromFile = sdk.secrets(vault, sdk.workloadIdentity(pod, token));
    SecretClientBuilder fromCode = sdk.secrets(vault, sdk.asserted(pod, this::serviceAccountToken));
    String reactive =
        fromFile
            .buildAsyncClient()
            .getSecret("db-password")
            .retryWhen(Retry.fixedDelay(60, Duration.ofSeconds(1)))
            .map(secret -> secret.getValue())
            .blockOptional(PATIENCE)
            .orElseThrow();
    String blocking = fromCode.buildClient().getSecret("db-password").getValue();

    assertThat(blocking).isEqualTo(reactive).isIn(world.sandbox().secretsIssued());
    assertThatExceptionOfType(HttpResponseException.class)
        .isThrownBy(() -> fromCode.buildClient().getSecret("admin-master-key"))
        .satisfies(e -> assertThat(e.getResponse().getStatusCode()).isEqualTo(403))
        .withMessageContaining("ForbiddenByRbac");
  }

  private String enabledIssuer() {
    ManagedClustersClient clusters = sdk.clusters(operator).getManagedClusters();
    ManagedClusterInner cluster = clusters.getByResourceGroup(GROUP, CLUSTER);
    cluster.withOidcIssuerProfile(new ManagedClusterOidcIssuerProfile().withEnabled(true));
    cluster.withSecurityProfile(
        new ManagedClusterSecurityProfile()
            .withWorkloadIdentity(
                new ManagedClusterSecurityProfileWorkloadIdentity().withEnabled(true)));
    ManagedClusterInner updated = clusters.createOrUpdate(GROUP, CLUSTER, cluster);
    assertThat(updated.provisioningState()).isEqualTo("Succeeded");
    return updated.oidcIssuerProfile().issuerUrl();
  }

  private IdentityInner identityTrusting(String issuer) {
    ManagedServiceIdentityClient client = sdk.identities(operator);
    IdentityInner identity =
        client
            .getUserAssignedIdentities()
            .createOrUpdateAsync(GROUP, "id-sdk", new IdentityInner().withLocation("southeastasia"))
            .blockOptional(PATIENCE)
            .orElseThrow();
    var trust =
        new FederatedIdentityCredentialInner()
            .withIssuer(issuer)
            .withSubject(SUBJECT)
            .withAudiences(List.of(AUDIENCE));
    client
        .getFederatedIdentityCredentials()
        .createOrUpdateAsync(GROUP, "id-sdk", "sea-1", trust)
        .retryWhen(Retry.fixedDelay(30, Duration.ofSeconds(1)))
        .then()
        .block(PATIENCE);
    return identity;
  }

  /// Does not say what kind of principal it is, so it is refused until the directory knows it.
  private void assign(UUID principal) {
    RoleAssignmentsClient assignments = sdk.roles(operator).getRoleAssignments();
    String vault =
        "/subscriptions/%s/resourceGroups/rg-shared/providers/Microsoft.KeyVault/vaults/kv-shared"
            .formatted(world.console().variables().get("SUBSCRIPTION"));
    var wanted =
        new RoleAssignmentCreateParameters()
            .withPrincipalId(principal.toString())
            .withRoleDefinitionId(
                "/providers/Microsoft.Authorization/roleDefinitions/" + SECRETS_USER);

    RoleAssignmentInner made =
        assignments
            .createAsync(vault + "/secrets/db-password", UUID.randomUUID().toString(), wanted)
            .retryWhen(Retry.fixedDelay(60, Duration.ofSeconds(1)).filter(SdkIT::isNotFoundYet))
            .blockOptional(PATIENCE)
            .orElseThrow();

    assertThat(made.principalId()).isEqualTo(principal.toString());
  }

  private static boolean isNotFoundYet(Throwable refused) {
    return refused instanceof ManagementException e
        && e.getValue().getCode().equals("PrincipalNotFound");
  }

  private String serviceAccountToken() {
    String id =
        "/subscriptions/%s/resourcegroups/%s/providers/Microsoft.ContainerService/managedClusters/%s"
            .formatted(world.console().variables().get("SUBSCRIPTION"), GROUP, CLUSTER);
    Answer answer =
        world
            .sandbox()
            .askCluster(
                id,
                "POST",
                "/api/v1/namespaces/default/serviceaccounts/default/token",
                "{\"apiVersion\":\"authentication.k8s.io/v1\",\"kind\":\"TokenRequest\",\"spec\":{\"audiences\":[\"%s\"]}}"
                    .formatted(AUDIENCE));
    return answer.body() instanceof Answer.Body.Json(var tree)
        ? tree.at("/status/token").asString()
        : "";
  }

  private String port() {
    String cloud = world.sandbox().url();
    return cloud.substring(cloud.lastIndexOf(':') + 1);
  }

  private static Map<String, String> exported(Path file) throws Exception {
    return Files.readAllLines(file).stream()
        .map(line -> line.substring("export ".length()).split("=", 2))
        .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1].replace("'", "")));
  }
}
