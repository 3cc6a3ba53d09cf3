// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.kubernetes.access;

import dev.latchkey.core.event.Event;
import dev.latchkey.core.event.Listener;
import dev.latchkey.core.port.AzureProblem;
import dev.latchkey.core.port.Kubeconfig;
import dev.latchkey.core.port.ManagedClusters;
import dev.latchkey.core.problem.Problem;
import dev.latchkey.core.resource.Issuer;
import dev.latchkey.core.resource.ObservedCluster;
import dev.latchkey.core.resource.ResourceId;
import dev.latchkey.core.step.StepProblem;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Kubeconfigs that are kept in a folder from run to run, since AKS hands out one a second.
///
/// What is kept is written anew and has two things in it: where the API server is, and who vouches
/// for it. So it never holds a credential; a kubeconfig that is one (a client certificate, a token)
/// is not kept at all. One is used as long as the cluster's etag is the same, and forgotten when
/// the cluster could not be reached. Any thread may call.
public final class KeptKubeconfigs implements ManagedClusters, Listener {
  private static final System.Logger LOG = System.getLogger(KeptKubeconfigs.class.getName());
  private static final Set<PosixFilePermission> OWNER =
      EnumSet.of(
          PosixFilePermission.OWNER_READ,
          PosixFilePermission.OWNER_WRITE,
          PosixFilePermission.OWNER_EXECUTE);

  private final ManagedClusters clusters;
  private final Path folder;
  private final Map<ResourceId, ObservedCluster> seen = new ConcurrentHashMap<>();

  /// Keeps what these clusters hand out in a folder that was opened.
  ///
  /// @see #open
  public KeptKubeconfigs(ManagedClusters clusters, Path folder) {
    this.clusters = clusters;
    this.folder = folder;
  }

  /// Makes the folder for its owner alone, or looks at the one that is there: whoever can write
  /// into it decides where a token of ours is sent.
  ///
  /// @return why it cannot be used; empty when it can
  public static Optional<String> open(Path folder) {
    try {
      boolean posix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
      if (!Files.exists(folder)) {
        Files.createDirectories(
            folder,
            posix
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER)}
                : new FileAttribute<?>[0]);
      }
      if (!Files.isDirectory(folder)) {
        return Optional.of("`" + folder + "` is no folder");
      }
      return posix && !OWNER.containsAll(Files.getPosixFilePermissions(folder))
          ? Optional.of("`%s` is open to others; next: chmod 700 %s".formatted(folder, folder))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.of("`" + folder + "` cannot be made: " + e.getMessage());
    }
  }

  @Override
  public Kubeconfig kubeconfig(ResourceId id) {
    Optional<ObservedCluster> cluster =
        Optional.ofNullable(seen.get(id)).filter(each -> !stamp(each).isEmpty());
    Optional<Kubeconfig> kept = cluster.flatMap(this::kept);
    if (kept.isPresent()) {
      return kept.get();
    }
    Kubeconfig fetched = clusters.kubeconfig(id);
    cluster.ifPresent(each -> keep(each, fetched));
    return fetched;
  }

  /// What is another one when the cluster was made anew; its etag, where Azure names one, also when
  /// it was changed.
  private static String stamp(ObservedCluster cluster) {
    return Stream.concat(cluster.issuer().map(Issuer::value).stream(), cluster.etag().stream())
        .collect(Collectors.joining(" "));
  }

  private Optional<Kubeconfig> kept(ObservedCluster cluster) {
    try {
      JsonNode kept = JsonMapper.shared().readTree(Files.readString(file(cluster.id())));
      boolean same =
          kept.path("cluster").asString("").equals(cluster.id().key())
              && kept.path("stamp").asString("").equals(stamp(cluster));
      return same
          ? Optional.of(
              new Kubeconfig(cluster.id(), cluster.signIn(), kept.path("kubeconfig").toString()))
          : Optional.empty();
    } catch (IOException | JacksonException e) { // not there, or cut: it is fetched
      return Optional.empty();
    }
  }

  private void keep(ObservedCluster cluster, Kubeconfig fetched) {
    ApiServer server = ApiServer.of(fetched);
    if (!(server.signIn() instanceof SignIn.Entra)) {
      return;
    }
    var mapper = JsonMapper.shared();
    String content =
        mapper
            .createObjectNode()
            .put("cluster", cluster.id().key())
            .put("stamp", stamp(cluster))
            .set("kubeconfig", mapper.readTree(server.kubeconfigWithoutCredentials()))
            .toString();
    try {
      // createTempFile makes it readable and writable for its owner alone
      Path written = Files.createTempFile(folder, "kubeconfig", ".part");
      Files.writeString(written, content);
      Files.move(written, file(cluster.id()), StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) { // then the next run asks Azure
      LOG.log(Level.WARNING, "a kubeconfig cannot be kept: " + e.getMessage());
    }
  }

  /// A cluster that could not be reached may have moved.
  @Override
  public void hear(Event event) {
    if (event instanceof Event.RunEnded ended) {
      ended.summary().clusters().stream()
          .filter(
              result -> result.problems().values().stream().anyMatch(KeptKubeconfigs::isOutOfReach))
          .forEach(result -> forget(result.target().cluster()));
    }
  }

  private static boolean isOutOfReach(Problem problem) {
    return problem instanceof AzureProblem.Unreachable
        || problem instanceof StepProblem.ApiServerUnreachable;
  }

  private void forget(ResourceId id) {
    try {
      Files.deleteIfExists(file(id));
    } catch (IOException e) {
      LOG.log(Level.WARNING, "a kubeconfig cannot be forgotten: " + e.getMessage());
    }
  }

  private Path file(ResourceId id) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(id.key().getBytes(StandardCharsets.UTF_8));
      return folder.resolve(id.name() + "-" + HexFormat.of().formatHex(hash, 0, 8) + ".json");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }

  @Override
  public Optional<ObservedCluster> find(ResourceId id) {
    return clusters.find(id).map(this::remember);
  }

  @Override
  public List<ObservedCluster> list(String subscription) {
    return clusters.list(subscription).stream().map(this::remember).toList();
  }

  @Override
  public List<ObservedCluster> list(String subscription, String resourceGroup) {
    return clusters.list(subscription, resourceGroup).stream().map(this::remember).toList();
  }

  private ObservedCluster remember(ObservedCluster cluster) {
    seen.put(cluster.id(), cluster);
    return cluster;
  }

  @Override
  public Update enableWorkloadIdentity(ResourceId id, ObservedCluster expected) {
    return clusters.enableWorkloadIdentity(id, expected);
  }

  @Override
  public Progress progress(Operation operation) {
    return clusters.progress(operation);
  }
}
