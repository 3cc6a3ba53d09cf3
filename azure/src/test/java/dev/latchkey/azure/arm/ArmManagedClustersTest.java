// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.azure.arm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.azure.fake.FakeWire;
import dev.latchkey.azure.fake.Recordings;
import dev.latchkey.core.port.AzureProblem;
import dev.latchkey.core.port.ManagedClusters.Operation;
import dev.latchkey.core.port.ManagedClusters.Progress;
import dev.latchkey.core.port.ManagedClusters.Update;
import dev.latchkey.core.problem.AzureAnswer;
import dev.latchkey.core.problem.ProblemException;
import dev.latchkey.core.resource.Issuer;
import dev.latchkey.core.resource.ObservedCluster;
import dev.latchkey.core.resource.ObservedCluster.SignIn;
import dev.latchkey.core.resource.ResourceId;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class ArmManagedClustersTest {
  private static final ResourceId ID = ResourceId.cluster("s", "rg", "aks");
  private static final String POLL =
      "https://management.azure.com/subscriptions/s/providers/Microsoft.ContainerService/"
          + "locations/l/operations/o?api-version=2025-03-01&t=1&c=M%2bI%3d&s=x-_&h=y";
  private static final String ISSUER = "https://westeurope.oic.prod-aks.azure.com/t/g/";

  private final FakeWire wire = new FakeWire();
  private final ArmManagedClusters clusters = new ArmManagedClusters(FakeArm.over(wire));

  @Test
  void answersTheIssuerOfTheFirstAnswerAndFollowsTheOperationByteForByte() {
    wire.answer(200, cluster("e1", 3, "Succeeded"))
        .answer(200, Map.of("Azure-AsyncOperation", POLL), updating())
        .answer(200, "{\"status\":\"ReconcilingAddons\"}");

    Update update = clusters.enableWorkloadIdentity(ID, expected("e1", 3));

    assertThat(update)
        .isEqualTo(new Update(Optional.of(new Issuer(ISSUER)), new Operation(ID, POLL)));
    assertThat(clusters.progress(update.operation())).isEqualTo(new Progress.Running());
    assertThat(wire.sent.getLast().uri().toString()).isEqualTo(POLL);
  }

  @Test
  void writesWithTheEtagThatItReadRightBefore() {
    wire.answer(200, cluster("e1", 3, "Succeeded")).answer(200, updating());

    clusters.enableWorkloadIdentity(ID, expected("e1", 3));

    var put = wire.sent.getLast();
    assertThat(put.method()).isEqualTo("PUT");
    assertThat(put.headers().firstValue("If-Match")).contains("e1");
    assertThat(put.uri().getQuery()).isEqualTo(wire.sent.getFirst().uri().getQuery());
    assertThat(JsonMapper.shared().readTree(put.body()))
        .isEqualTo(
            JsonMapper.shared()
                .readTree(
                    """
                    {"location":"westeurope","tags":{"a":"b"},"properties":{
                      "unknownToUs":{"x":[1]},
                      "agentPoolProfiles":[{"name":"p","count":3,"powerState":{"code":"Running"}}],
                      "oidcIssuerProfile":{"enabled":true},
                      "securityProfile":{"workloadIdentity":{"enabled":true}}}}
                    """));
  }

  @Test
  void leavesAClusterAloneThatChangedSinceItWasSeen() {
    wire.answer(200, cluster("e2", 3, "Succeeded"));
    assertRefused(expected("e1", 3), 412, "PreconditionFailed");

    wire.answer(200, cluster("e1", 4, "Succeeded"));
    assertRefused(expected("e1", 3), 412, "PreconditionFailed");

    wire.answer(200, cluster("e1", 3, "Upgrading"));
    assertRefused(expected("e1", 3), 409, "OperationNotAllowed");

    assertThat(wire.sent).extracting(FakeWire.Sent::method).containsOnly("GET");
  }

  @Test
  void aPoolThatScalesByItselfMayHaveAnotherCount() {
    var autoscaling = "\"count\":3,\"enableAutoScaling\":true";
    ObservedCluster seen =
        ClusterTree.observed(
            JsonMapper.shared()
                .readTree(cluster("e1", 9, "Succeeded").replace("\"count\":9", autoscaling)));
    wire.answer(
            200,
            cluster("e1", 9, "Succeeded")
                .replace("\"count\":9", "\"count\":9,\"enableAutoScaling\":true"))
        .answer(200, updating());

    assertThat(clusters.enableWorkloadIdentity(ID, seen).issuer()).contains(new Issuer(ISSUER));
  }

  @Test
  void readsHowAnOperationEnded() {
    var operation = new Operation(ID, POLL);
    wire.answer(200, "{\"status\":\"Succeeded\"}")
        .answer(200, "{\"status\":\"InProgress\",\"error\":{\"code\":\"NotLatestOperation\"}}")
        .answer(200, "{\"status\":\"Failed\",\"error\":{\"code\":\"Quota\",\"message\":\"m\"}}")
        .answer(204, "");

    assertThat(clusters.progress(operation)).isEqualTo(new Progress.Done());
    assertThat(clusters.progress(operation)).isEqualTo(new Progress.Running());
    assertThat(clusters.progress(operation))
        .isEqualTo(new Progress.Failed(new AzureAnswer(200, "Quota", "m", "")));
    assertThat(clusters.progress(operation)).isEqualTo(new Progress.Done());
  }

  @Test
  void sendsNoTokenToAnotherHost() {
    var elsewhere = new Operation(ID, "https://management.azure.com.example/poll");

    assertThatThrownBy(() -> clusters.progress(elsewhere))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("answer-not-understood");
    assertThat(wire.sent).isEmpty();
  }

  @Test
  void findsAllClustersOfAllPages() {
    String next = "https://management.azure.com/subscriptions/s/next?$skiptoken=a%2Fb";
    wire.answer(
            200,
            "{\"value\":[" + cluster("e1", 3, "Succeeded") + "],\"nextLink\":\"" + next + "\"}")
        .answer(200, "{\"value\":[" + cluster("e2", 4, "Succeeded") + "]}");

    assertThat(clusters.list("s"))
        .extracting(cluster -> cluster.pools().getFirst().count())
        .containsExactly(3, 4);
    assertThat(wire.sent.getLast().uri().toString()).isEqualTo(next);
  }

  @Test
  void isEmptyForAClusterThatIsNotThere() {
    wire.answer(404, "{\"error\":{\"code\":\"ResourceNotFound\",\"message\":\"m\"}}")
        .answer(404, "{\"code\":\"NotFound\",\"message\":\"m\"}");

    assertThat(clusters.find(ID)).isEmpty();
    assertThat(clusters.find(ID)).isEmpty();
  }

  @Test
  void readsCredentialsWithoutASecondReadOfAKnownCluster() {
    String yaml =
        Base64.getEncoder().encodeToString("apiVersion: v1".getBytes(StandardCharsets.UTF_8));
    wire.answer(200, cluster("e1", 3, "Succeeded"))
        .answer(200, "{\"kubeconfigs\":[{\"name\":\"clusterUser\",\"value\":\"" + yaml + "\"}]}");
    clusters.find(ID);

    var kubeconfig = clusters.kubeconfig(ID);

    assertThat(kubeconfig.signIn()).isEqualTo(SignIn.CERTIFICATE);
    assertThat(kubeconfig.<String>use(text -> text)).isEqualTo("apiVersion: v1");
    assertThat(wire.isDone()).isTrue();
  }

  @Test
  void readsEveryRecordedCluster() {
    Recordings.folder("arm-managedclusters").values().stream()
        .flatMap(file -> Recordings.exchanges(file).stream())
        .map(exchange -> exchange.at("/response/body"))
        .filter(
            body ->
                body.has("properties") && body.path("type").asString("").endsWith("anagedClusters"))
        .forEach(body -> assertThat(ClusterTree.observed(body).location()).isNotEmpty());
  }

  private void assertRefused(ObservedCluster expected, int status, String code) {
    assertThatThrownBy(() -> clusters.enableWorkloadIdentity(ID, expected))
        .extracting(failure -> ((ProblemException) failure).problem())
        .isInstanceOfSatisfying(
            AzureProblem.Refused.class,
            refused -> {
              assertThat(refused.refusal().status()).isEqualTo(status);
              assertThat(refused.refusal().code()).isEqualTo(code);
            });
  }

  private static ObservedCluster expected(String etag, int count) {
    return ClusterTree.observed(JsonMapper.shared().readTree(cluster(etag, count, "Succeeded")));
  }

  private static String cluster(String etag, int count, String state) {
    return """
        {"id":"/subscriptions/s/resourcegroups/rg/providers/Microsoft.ContainerService/managedClusters/aks",
         "location":"westeurope","name":"aks","type":"Microsoft.ContainerService/ManagedClusters",
         "eTag":"%s","tags":{"a":"b"},"properties":{"provisioningState":"%s",
         "powerState":{"code":"Running"},"fqdn":"f","unknownToUs":{"x":[1]},
         "agentPoolProfiles":[{"name":"p","count":%d,"provisioningState":"Succeeded",
           "powerState":{"code":"Running"},"nodeImageVersion":"v"}],
         "oidcIssuerProfile":{"enabled":false},"securityProfile":{}}}
        """
        .formatted(etag, state, count);
  }

  private static String updating() {
    return "{\"properties\":{\"oidcIssuerProfile\":{\"enabled\":true,\"issuerURL\":\""
        + ISSUER
        + "\"}}}";
  }
}
