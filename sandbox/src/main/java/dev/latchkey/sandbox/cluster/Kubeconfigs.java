// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.cluster;

import dev.latchkey.sandbox.arm.Call;
import dev.latchkey.sandbox.arm.Stored;
import dev.latchkey.sandbox.clock.Seed;
import dev.latchkey.sandbox.message.Answer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The kubeconfigs that AKS hands out: with Entra ID one without any secret, else one with a client
/// certificate and a token of a cluster administrator.
final class Kubeconfigs {
  /// Whose kubeconfig.
  enum User {
    USER("clusterUser"),
    ADMIN("clusterAdmin"),
    MONITORING("clusterMonitoringUser");

    private final String word;

    User(String word) {
      this.word = word;
    }

    static User of(Call call) {
      return switch (call.action()) {
        case "listClusterAdminCredential" -> ADMIN;
        case "listClusterMonitoringUserCredential" -> MONITORING;
        default -> USER;
      };
    }
  }

  /// The application that stands for the API server of every Entra cluster.
  private static final String SERVER = "6dae42f8-4368-4678-94ff-3960e28e3630";

  /// The public client that kubelogin signs people in with.
  private static final String CLIENT = "80faf920-1908-4b52-b5ef-a8e7bedfc67a";

  private final Supplier<ApiServers> servers;
  private final Seed seed;
  private final ConcurrentMap<String, String> tokens = new ConcurrentHashMap<>();

  Kubeconfigs(Supplier<ApiServers> servers, Seed seed) {
    this.servers = servers;
    this.seed = seed;
  }

  /// The static token of the cluster's local administrator.
  String token(String clusterId) {
    return tokens.computeIfAbsent(
        clusterId.toLowerCase(Locale.ROOT), id -> seed.hex("kubeconfig token", id, 64));
  }

  /// The kubeconfig as base64 of YAML.
  Answer answer(Call call, Stored cluster, User user) {
    ApiServers.Endpoint endpoint = servers.get().endpoint(cluster.id());
    JsonNode entra = cluster.tree().path("properties").path("aadProfile");
    String login =
        entra.isObject() && user != User.ADMIN
            ? entra(call, entra.path("tenantID").asString(""))
            : secrets(cluster, endpoint);
    String text = text(cluster, user, endpoint, login);
    ObjectNode tree = JsonMapper.shared().createObjectNode();
    tree.putArray("kubeconfigs").addObject().put("name", user.word).put("value", base64(text));
    return Answer.json(200, tree).with("content-type", "application/json");
  }

  private static String text(
      Stored cluster, User user, ApiServers.Endpoint endpoint, String login) {
    String name = quoted(cluster.name());
    String group = cluster.id().split("/", -1)[4];
    String account = user.word + "_" + group + "_" + cluster.name();
    return """
        apiVersion: v1
        clusters:
        - cluster:
            certificate-authority-data: %s
            server: %s
          name: %s
        contexts:
        - context:
            cluster: %s
            user: %s
          name: %s
        current-context: %s
        kind: Config
        preferences: {}
        users:
        - name: %s
          user:
        %s"""
        .formatted(
            base64(endpoint.certificateAuthorityPem()),
            endpoint.server(),
            name,
            name,
            account,
            name,
            name,
            account,
            login.indent(4));
  }

  private String secrets(Stored cluster, ApiServers.Endpoint endpoint) {
    return """
        client-certificate-data: %s
        client-key-data: %s
        token: %s
        """
        .formatted(
            base64(endpoint.clientCertificatePem()),
            base64(endpoint.clientKeyPem()),
            token(cluster.id()));
  }

  /// Clients of before 2022 ask for the plugin that kubectl had then.
  private static String entra(Call call, String tenantId) {
    return call.query("format").equals("azure") ? plugin(tenantId) : exec(tenantId);
  }

  private static String plugin(String tenantId) {
    return """
        auth-provider:
          config:
            apiserver-id: %s
            client-id: %s
            config-mode: "1"
            environment: AzurePublicCloud
            tenant-id: %s
          name: azure
        """
        .formatted(SERVER, CLIENT, tenantId);
  }

  private static String exec(String tenantId) {
    return """
        exec:
          apiVersion: client.authentication.k8s.io/v1beta1
          args:
          - get-token
          - --environment
          - AzurePublicCloud
          - --server-id
          - %s
          - --client-id
          - %s
          - --tenant-id
          - %s
          - --login
          - devicecode
          command: kubelogin
          env: null
          installHint: |2

            kubelogin is not installed which is required to connect to AAD enabled cluster.

            To learn more, please go to https://aka.ms/aks/kubelogin
          provideClusterInfo: false
        """
        .formatted(SERVER, CLIENT, tenantId);
  }

  /// A name of digits alone would be read as a number.
  private static String quoted(String name) {
    return name.matches("[0-9.]+") ? "\"" + name + "\"" : name;
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
