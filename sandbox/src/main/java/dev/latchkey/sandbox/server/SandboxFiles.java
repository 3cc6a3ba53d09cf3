// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.server;

import dev.latchkey.sandbox.admin.Admin;
import dev.latchkey.sandbox.cluster.ApiServers;
import dev.latchkey.sandbox.cluster.ApiServers.Endpoint;
import dev.latchkey.sandbox.node.Folders;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/// The files by which clients find a sandbox; those that hold a credential only their owner reads.
record SandboxFiles(
    Path folder,
    LoopbackAddresses addresses,
    URI tunnel,
    CertificateAuthority authority,
    DefaultFleet fleet,
    Options options,
    String adminToken) {
  Map<String, String> write(String assertion, Map<String, String> operator, ApiServers servers)
      throws IOException {
    forgetAz();
    Files.createDirectories(folder);
    Files.writeString(file("ca.pem"), authority.pem());
    writeTrustStore();
    writePrivate("federated-token", assertion);
    writePrivate("control.json", control());
    Map<String, String> environment = environment();
    Files.writeString(file("sandbox.env"), exports(environment));
    Files.writeString(file("az.env"), exports(forAz(environment)));
    writePrivate("operator.env", exports(new TreeMap<>(operator)));
    Files.writeString(file("latchkey.yaml"), latchkeyYaml());
    for (DefaultFleet.Site site : fleet.sites()) {
      writePrivate(site.name() + ".kubeconfig", kubeconfig(site, servers.endpoint(site.id())));
    }
    return environment;
  }

  /// What `az` keeps of an earlier sandbox in this folder: an address and sign-ins of no use now.
  private void forgetAz() throws IOException {
    // without the file no sandbox was here so far, and the folder is somebody else's
    if (Files.exists(file("az.env")) && Files.exists(file("az"))) {
      Folders.delete(file("az"));
    }
  }

  /// Where the sandbox is steered, and the token that admits to it.
  private String control() {
    return JsonMapper.shared()
        .createObjectNode()
        .put("url", addresses.arm() + Admin.PREFIX)
        .put("token", adminToken)
        .toString();
  }

  private Path file(String name) {
    return folder.toAbsolutePath().resolve(name);
  }

  private void writeTrustStore() throws IOException {
    authority.writeTrustStore(file("truststore.p12"));
  }

  private void writePrivate(String name, String content) throws IOException {
    Path file = file(name);
    Files.deleteIfExists(file);
    if (Files.getFileStore(file.getParent()).supportsFileAttributeView("posix")) {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }
    Files.writeString(file, content);
  }

  private Map<String, String> environment() {
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("LATCHKEY_CLOUD", addresses.arm());
    environment.put("LATCHKEY_CA", file("ca.pem").toString());
    environment.put("LATCHKEY_SANDBOX_DIR", folder.toAbsolutePath().toString());
    environment.put("AZURE_TENANT_ID", DefaultFleet.TENANT);
    environment.put("AZURE_CLIENT_ID", DefaultFleet.PIPELINE_CLIENT);
    environment.put("AZURE_FEDERATED_TOKEN_FILE", file("federated-token").toString());
    environment.put("AZURE_AUTHORITY_HOST", addresses.login() + "/");
    environment.put("AZURE_SUBSCRIPTION_ID", DefaultFleet.firstSubscription());
    environment.put("SUBSCRIPTION", DefaultFleet.firstSubscription());
    environment.put("REQUESTS_CA_BUNDLE", file("ca.pem").toString());
    environment.put("AZURE_CORE_INSTANCE_DISCOVERY", "false");
    return environment;
  }

  /// For `az`: a configuration folder of the sandbox's own, so that the user's is left alone; the
  /// tunnel, because Python resolves a vault's name only where the machine does; and no telemetry.
  private Map<String, String> forAz(Map<String, String> environment) {
    Map<String, String> all = new LinkedHashMap<>(environment);
    all.put("AZURE_CONFIG_DIR", file("az").toString());
    all.put("AZURE_CORE_COLLECT_TELEMETRY", "false");
    all.put("HTTPS_PROXY", tunnel.toString());
    all.put("NO_PROXY", Wire.IPV4);
    return all;
  }

  private static String exports(Map<String, String> environment) {
    return environment.entrySet().stream()
        .map(entry -> "export %s='%s'\n".formatted(entry.getKey(), quoted(entry.getValue())))
        .collect(Collectors.joining());
  }

  private static String quoted(String value) {
    return value.replace("'", "'\\''");
  }

  private String latchkeyYaml() {
    String clusters = fleet.sites().stream().map(SandboxFiles::entry).collect(Collectors.joining());
    return """
        # The fleet of this sandbox.
        apiVersion: latchkey/v1
        application: orders
        serviceAccount: { namespace: orders, name: orders }
        namespace: { create: true }
        keyVault:
          name: %s
          resourceGroup: %s
          subscription: %s
          secrets: [%s]
        chart:
          path: "%s"
          set: { replicaCount: 1 }
        clusters:
        %s%s"""
        .formatted(
            DefaultFleet.VAULT,
            DefaultFleet.VAULT_GROUP,
            DefaultFleet.firstSubscription(),
            String.join(", ", DefaultFleet.DECLARED_SECRETS),
            options.chart().map(Path::toString).orElse("./charts/workload"),
            clusters,
            azure());
  }

  private String azure() {
    String limits = LimitTable.yaml(options.profile().throttling());
    String lags = LagTable.yaml(options.profile().pace());
    return limits.isEmpty() && lags.isEmpty() ? "" : "azure:\n" + limits + lags;
  }

  private static String entry(DefaultFleet.Site site) {
    return "  - { name: %s, resourceGroup: %s, subscription: %s }\n"
        .formatted(site.name(), site.group(), site.subscription());
  }

  private static String kubeconfig(DefaultFleet.Site site, Endpoint endpoint) {
    return """
        apiVersion: v1
        kind: Config
        clusters:
          - name: %1$s
            cluster:
              server: %2$s
              certificate-authority-data: %3$s
        users:
          - name: administrator
            user:
              client-certificate-data: %4$s
              client-key-data: %5$s
        contexts:
          - name: %1$s
            context: { cluster: %1$s, user: administrator }
        current-context: %1$s
        """
        .formatted(
            site.name(),
            endpoint.server(),
            base64(endpoint.certificateAuthorityPem()),
            base64(endpoint.clientCertificatePem()),
            base64(endpoint.clientKeyPem()));
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
