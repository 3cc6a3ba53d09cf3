// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.kubernetes.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.port.Kubeconfig;
import dev.latchkey.core.port.ManagedClusters;
import dev.latchkey.core.resource.Issuer;
import dev.latchkey.core.resource.ObservedCluster;
import dev.latchkey.core.resource.ObservedCluster.Feature;
import dev.latchkey.core.resource.ObservedCluster.Power;
import dev.latchkey.core.resource.ObservedCluster.SignIn;
import dev.latchkey.core.resource.Reach;
import dev.latchkey.core.resource.ResourceId;
import dev.latchkey.core.resource.Tags;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptKubeconfigsTest {
  private static final ResourceId ID = ResourceId.cluster("s-1", "rg-weu", "aks-weu-1");

  /// What AKS hands out for a cluster with Entra ID.
  private static final String ENTRA = kubeconfig("exec: {command: kubelogin}");

  @TempDir Path parent;

  private final Clusters clusters = new Clusters();
  private Path folder = Path.of("");

  @BeforeEach
  void openTheFolder() {
    folder = parent.resolve("kept");
    assertThat(KeptKubeconfigs.open(folder)).isEmpty();
  }

  @Test
  void theNextRunAsksAzureForNone() {
    run();

    Kubeconfig kept = run();

    assertThat(clusters.handedOut).isEqualTo(1);
    assertThat(ApiServer.of(kept)).isEqualTo(ApiServer.of(clusters.kubeconfig(ID)));
  }

  @Test
  void aClusterThatChangedIsAskedForAgain() {
    run();
    clusters.etag = Optional.of("etag-2");

    run();

    assertThat(clusters.handedOut).isEqualTo(2);
  }

  @Test
  void oneThatIsCutIsAskedForAgain() throws IOException {
    run();
    Files.writeString(file(), Files.readString(file()).substring(0, 40));

    run();

    assertThat(clusters.handedOut).isEqualTo(2);
  }

  @Test
  void onlyTheOwnerCanReadWhatIsKept() throws IOException {
    run();

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
        .isEqualTo("rwx------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-------");
  }

  @Test
  void nothingButAddressAndAuthorityIsKept() throws IOException {
    clusters.yaml = kubeconfig("exec: {command: kubelogin, args: [--client-secret, geheim-1]}");

    run();

    assertThat(Files.readString(file()))
        .contains("https://aks.hcp.westeurope.azmk8s.io:443", "Q0E=")
        .doesNotContain("geheim-1", "exec");
  }

  @Test
  void aTokenIsNeverWritten() throws IOException {
    clusters.yaml = kubeconfig("token: geheim-2");

    run();

    assertThat(files()).isEmpty();
  }

  @Test
  void aClientCertificateIsNeverWritten() throws IOException {
    clusters.signIn = SignIn.CERTIFICATE;
    clusters.yaml = kubeconfig("client-certificate-data: Q0VSVA==, client-key-data: S0VZ");

    run();

    assertThat(files()).isEmpty();
  }

  @Test
  void whereAzureNamesNoEtagTheIssuerTellsAClusterThatWasMadeAnew() {
    clusters.etag = Optional.empty();
    clusters.issuer = Optional.of(new Issuer("https://issuer.example/1/"));
    run();
    run();
    assertThat(clusters.handedOut).isEqualTo(1);

    clusters.issuer = Optional.of(new Issuer("https://issuer.example/2/"));
    run();

    assertThat(clusters.handedOut).isEqualTo(2);
  }

  @Test
  void aClusterThatNothingTellsFromALaterOneIsAskedForEachTime() throws IOException {
    clusters.etag = Optional.empty();

    run();

    assertThat(files()).isEmpty();
  }

  @Test
  void aFolderThatOthersCanWriteIntoIsNotUsed() throws IOException {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwx---"));

    assertThat(KeptKubeconfigs.open(folder))
        .contains("`%s` is open to others; next: chmod 700 %s".formatted(folder, folder));
  }

  /// A run looks at the cluster, and then inside it.
  private Kubeconfig run() {
    var kept = new KeptKubeconfigs(clusters, folder);
    kept.list("s-1");
    return kept.kubeconfig(ID);
  }

  private Path file() throws IOException {
    assertThat(files()).hasSize(1);
    return files().getFirst();
  }

  private List<Path> files() throws IOException {
    try (var files = Files.list(folder)) {
      return files.toList();
    }
  }

  private static String kubeconfig(String user) {
    return """
    apiVersion: v1
    kind: Config
    current-context: aks-weu-1
    clusters:
    - name: aks-weu-1
      cluster: {server: "https://aks.hcp.westeurope.azmk8s.io:443", certificate-authority-data: Q0E=}
    contexts:
    - name: aks-weu-1
      context: {cluster: aks-weu-1, user: clusterUser}
    users:
    - name: clusterUser
      user: {%s}
    """
        .formatted(user);
  }

  /// One cluster of Azure's.
  private static final class Clusters implements ManagedClusters {
    private String yaml = ENTRA;
    private SignIn signIn = SignIn.ENTRA_AZURE_RBAC;
    private Optional<String> etag = Optional.of("etag-1");
    private Optional<Issuer> issuer = Optional.empty();
    private int handedOut;

    @Override
    public Optional<ObservedCluster> find(ResourceId id) {
      return Optional.of(
          new ObservedCluster(
              ID,
              "westeurope",
              "1.34.1",
              "MC_rg-weu_aks-weu-1_westeurope",
              "Succeeded",
              Power.RUNNING,
              new Reach.Anywhere(),
              issuer,
              Feature.ON,
              signIn,
              Optional.empty(),
              List.of(),
              Tags.none(),
              etag));
    }

    @Override
    public List<ObservedCluster> list(String subscription) {
      return find(ID).stream().toList();
    }

    @Override
    public List<ObservedCluster> list(String subscription, String resourceGroup) {
      return list(subscription);
    }

    @Override
    public Kubeconfig kubeconfig(ResourceId id) {
      handedOut++;
      return new Kubeconfig(id, signIn, yaml);
    }

    @Override
    public Update enableWorkloadIdentity(ResourceId id, ObservedCluster expected) {
      throw new IllegalStateException("nothing is updated here");
    }

    @Override
    public Progress progress(Operation operation) {
      throw new IllegalStateException("nothing is updated here");
    }
  }
}
