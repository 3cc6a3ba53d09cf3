// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.kubernetes.access;

import dev.latchkey.core.port.AzureProblem;
import dev.latchkey.core.port.Kubeconfig;
import dev.latchkey.core.problem.ProblemException;
import dev.latchkey.core.resource.ObservedCluster;
import dev.latchkey.core.resource.Token;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import tools.jackson.databind.json.JsonMapper;

/// What a kubeconfig says of one cluster: where it is, who vouches for it, how we sign in.
///
/// Programs that a kubeconfig names (`exec`, `auth-provider`) are never started.
///
/// @param authorities base64 of PEM; empty when an authority that Java knows vouches for the server
record ApiServer(URI server, Optional<String> authorities, SignIn signIn) {
  /// Reads the current context of a kubeconfig.
  static ApiServer of(Kubeconfig kubeconfig) {
    return kubeconfig.use(yaml -> read(yaml, kubeconfig.signIn()));
  }

  private static ApiServer read(String yaml, ObservedCluster.SignIn expected) {
    Map<?, ?> root = parse(yaml);
    Map<?, ?> context = named(root, "contexts", text(root, "current-context"), "context");
    Map<?, ?> cluster = named(root, "clusters", text(context, "cluster"), "cluster");
    Map<?, ?> user = named(root, "users", text(context, "user"), "user");
    return new ApiServer(
        server(cluster),
        Optional.ofNullable(text(cluster, "certificate-authority-data")),
        signIn(user, expected));
  }

  private static Map<?, ?> parse(String yaml) {
    try {
      Object root = new Load(LoadSettings.builder().build()).loadFromString(yaml);
      return root instanceof Map<?, ?> map ? map : Map.of();
    } catch (YamlEngineException _) {
      throw broken("it is not YAML"); // the cause would quote the text, and its secrets
    }
  }

  private static URI server(Map<?, ?> cluster) {
    String text = text(cluster, "server");
    if (text == null) {
      throw broken("its cluster has no `server`");
    }
    try {
      URI uri = URI.create(text);
      if ("https".equals(uri.getScheme()) && uri.getHost() != null) {
        return uri;
      }
    } catch (IllegalArgumentException _) {
      // told below, together with other addresses that are of no use
    }
    throw broken("its `server` is not an https address: " + text);
  }

  private static SignIn signIn(Map<?, ?> user, ObservedCluster.SignIn expected) {
    String certificate = text(user, "client-certificate-data");
    String key = text(user, "client-key-data");
    if (certificate != null && key != null) {
      return new SignIn.Certificate(new ClientCertificate(certificate, key));
    }
    String token = text(user, "token");
    if (token != null) {
      return new SignIn.StaticToken(new Token(token));
    }
    return switch (expected) {
      case ENTRA_AZURE_RBAC, ENTRA_KUBERNETES_RBAC -> new SignIn.Entra();
      case CERTIFICATE ->
          throw broken("its user has neither certificate nor token, and the cluster no Entra ID");
    };
  }

  /// The same access as a kubeconfig for Helm, which knows nothing of our tokens.
  ///
  /// Made anew, so nothing else of the original gets through. JSON, which is YAML as well.
  ///
  /// @param entra where the token comes from if the cluster wants one of Entra ID
  String kubeconfigWithCredentials(Supplier<Token> entra) {
    Map<String, String> user =
        switch (signIn) {
          case SignIn.Certificate(var certificate) ->
              Map.of(
                  "client-certificate-data", certificate.certificateData(),
                  "client-key-data", certificate.keyData());
          case SignIn.StaticToken(var token) -> token.use(text -> Map.of("token", text));
          case SignIn.Entra() -> entra.get().use(text -> Map.of("token", text));
        };
    return kubeconfig(user);
  }

  /// Where the cluster is and who vouches for it, for whoever brings a token; made anew as well.
  String kubeconfigWithoutCredentials() {
    return kubeconfig(Map.of());
  }

  private String kubeconfig(Map<String, String> user) {
    Map<String, String> cluster =
        authorities
            .map(data -> Map.of("server", server.toString(), "certificate-authority-data", data))
            .orElse(Map.of("server", server.toString()));
    return JsonMapper.shared()
        .writeValueAsString(
            Map.of(
                "apiVersion",
                "v1",
                "kind",
                "Config",
                "current-context",
                "cluster",
                "clusters",
                List.of(Map.of("name", "cluster", "cluster", cluster)),
                "users",
                List.of(Map.of("name", "user", "user", user)),
                "contexts",
                List.of(
                    Map.of(
                        "name",
                        "cluster",
                        "context",
                        Map.of("cluster", "cluster", "user", "user")))));
  }

  private static Map<?, ?> named(
      Map<?, ?> root, String list, @Nullable String name, String content) {
    if (root.get(list) instanceof List<?> entries) {
      for (Object entry : entries) {
        if (entry instanceof Map<?, ?> map
            && Objects.equals(map.get("name"), name)
            && map.get(content) instanceof Map<?, ?> found) {
          return found;
        }
      }
    }
    throw broken("it has no entry `%s` in `%s`".formatted(name, list));
  }

  private static @Nullable String text(Map<?, ?> map, String key) {
    return map.get(key) instanceof String text && !text.isEmpty() ? text : null;
  }

  private static ProblemException broken(String detail) {
    return new ProblemException(
        new AzureProblem.NotUnderstood("Reading the cluster's kubeconfig", detail));
  }
}
