// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.server;

import dev.latchkey.sandbox.node.Folders;
import dev.latchkey.sandbox.node.Pods;
import dev.latchkey.sandbox.node.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Where real pods stand on this machine: a private folder with what a Java program needs to trust
/// this sandbox and to find its names. Gone when it is closed.
final class PodGround implements AutoCloseable {
  private final Optional<Path> root;
  private final Pods pods;

  PodGround(Optional<Map<String, Program>> programs, CertificateAuthority authority) {
    if (programs.isEmpty()) {
      root = Optional.empty();
      pods = new Pods.Simulated();
      return;
    }
    try {
      Path folder = Files.createTempDirectory("latchkey-pods");
      Path trust = folder.resolve("truststore.p12");
      authority.writeTrustStore(trust);
      // A cluster's DNS and a machine's /etc/hosts, for one process: it replaces all other names.
      Path hosts =
          Files.writeString(
              folder.resolve("hosts"),
              "127.0.0.1 localhost\n127.0.0.1 %s.%s\n"
                  .formatted(DefaultFleet.VAULT, LoopbackAddresses.VAULT_DOMAIN));
      root = Optional.of(folder);
      pods =
          new Pods.Real(
              programs.get(),
              folder,
              List.of(
                  "-Djavax.net.ssl.trustStore=" + trust,
                  "-Djavax.net.ssl.trustStorePassword=" + CertificateAuthority.STORE_PASSWORD,
                  "-Djdk.net.hosts.file=" + hosts));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Pods pods() {
    return pods;
  }

  @Override
  public void close() {
    root.ifPresent(PodGround::delete);
  }

  private static void delete(Path folder) {
    try {
      Folders.delete(folder);
    } catch (IOException e) {
      // a pod's last words may still be on their way; the folder lies in the temporary directory
    }
  }
}
