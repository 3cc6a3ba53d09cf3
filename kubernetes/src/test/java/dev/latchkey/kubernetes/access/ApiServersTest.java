// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.kubernetes.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import dev.latchkey.core.port.Kubeconfig;
import dev.latchkey.core.resource.ObservedCluster.SignIn;
import dev.latchkey.core.resource.ResourceId;
import dev.latchkey.core.resource.Token;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Two API servers on loopback, each with an authority of its own, opened through one HTTP client.
class ApiServersTest {
  private final List<String> seen = Collections.synchronizedList(new ArrayList<>());
  private TestAuthority red = authority("red");
  private TestAuthority blue = authority("blue");
  private HttpsServer redServer = server(red);
  private HttpsServer blueServer = server(blue);
  private ApiServers servers = new ApiServers(() -> new Token("entra-token"), "latchkey/1 run-7");

  @BeforeEach
  void start() {
    redServer.start();
    blueServer.start();
  }

  @AfterEach
  void stop() {
    servers.close();
    redServer.stop(0);
    blueServer.stop(0);
  }

  @Test
  void eachServerIsBelievedByItsOwnAuthority() throws Exception {
    ask(kubeconfig(redServer, red.data(), ""));
    ask(kubeconfig(blueServer, blue.data(), ""));

    assertThat(seen)
        .containsExactly(
            "Bearer entra-token, latchkey/1 run-7, nobody",
            "Bearer entra-token, latchkey/1 run-7, nobody");
  }

  @Test
  void theAuthorityOfOneClusterDoesNotVouchForAnother() throws Exception {
    ask(kubeconfig(redServer, red.data(), ""));

    var refusal =
        catchThrowableOfType(
            KubernetesClientException.class, () -> ask(kubeconfig(blueServer, red.data(), "")));

    assertThat(refusal).hasStackTraceContaining("PKIX path");
    assertThat(seen).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"RSA", "EC"})
  void onlyItsOwnClusterSeesAClientCertificate(String algorithm) throws Exception {
    ClientCertificate admin = red.client("admin", algorithm);
    String user =
        "client-certificate-data: %s, client-key-data: %s"
            .formatted(admin.certificateData(), admin.keyData());

    ask(kubeconfig(redServer, red.data(), user));
    ask(kubeconfig(blueServer, blue.data(), "token: own"));

    assertThat(seen)
        .containsExactly(
            "null, latchkey/1 run-7, CN=admin", "Bearer own, latchkey/1 run-7, nobody");
  }

  private void ask(Kubeconfig kubeconfig) {
    try (var opened = servers.open(kubeconfig)) {
      opened.ask(() -> opened.client().namespaces().withName("web").get());
    }
  }

  private static Kubeconfig kubeconfig(HttpsServer server, String authority, String user) {
    String yaml =
        """
        current-context: x
        contexts: [{name: x, context: {cluster: c, user: u}}]
        clusters: [{name: c, cluster: {server: "https://127.0.0.1:%d", certificate-authority-data: %s}}]
        users: [{name: u, user: {%s}}]
        """
            .formatted(server.getAddress().getPort(), authority, user);
    return new Kubeconfig(ResourceId.cluster("s", "g", "c"), SignIn.ENTRA_KUBERNETES_RBAC, yaml);
  }

  private static TestAuthority authority(String name) {
    try {
      return new TestAuthority(name);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private HttpsServer server(TestAuthority authority) {
    try {
      var server =
          HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.setHttpsConfigurator(new AskingForCertificates(authority.server()));
      server.createContext(
          "/",
          exchange -> {
            seen.add(
                exchange.getRequestHeaders().getFirst("Authorization")
                    + ", "
                    + exchange.getRequestHeaders().getFirst("User-Agent")
                    + ", "
                    + peer((HttpsExchange) exchange));
            byte[] body =
                "{\"apiVersion\":\"v1\",\"kind\":\"Namespace\",\"metadata\":{\"name\":\"web\"}}"
                    .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
          });
      return server;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static String peer(HttpsExchange exchange) {
    try {
      return exchange.getSSLSession().getPeerPrincipal().getName();
    } catch (SSLPeerUnverifiedException _) {
      return "nobody";
    }
  }

  /// Asks each client for a certificate, but serves those without as well.
  private static final class AskingForCertificates extends HttpsConfigurator {
    AskingForCertificates(SSLContext context) {
      super(context);
    }

    @Override
    public void configure(HttpsParameters parameters) {
      SSLParameters wanted = getSSLContext().getDefaultSSLParameters();
      wanted.setWantClientAuth(true);
      parameters.setSSLParameters(wanted);
    }
  }
}
