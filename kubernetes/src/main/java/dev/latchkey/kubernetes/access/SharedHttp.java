// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.kubernetes.access;

import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientImpl;
import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/// Gives every Kubernetes client the same `HttpClient`.
///
/// One of its own would cost each cluster a thread and some hundred kilobytes.
final class SharedHttp extends JdkHttpClientFactory {
  private final HttpClient client;

  SharedHttp(HttpClient client) {
    this.client = client;
  }

  @Override
  protected HttpClient.Builder createNewHttpClientBuilder() {
    return new Fixed(client);
  }

  @Override
  protected void closeHttpClient(JdkHttpClientImpl closed) {
    // the others still use it; ApiServers closes it
  }

  /// A builder whose every setting is already made.
  private record Fixed(HttpClient client) implements HttpClient.Builder {
    @Override
    public HttpClient build() {
      return client;
    }

    @Override
    public HttpClient.Builder cookieHandler(CookieHandler handler) {
      return this;
    }

    @Override
    public HttpClient.Builder connectTimeout(Duration duration) {
      return this;
    }

    @Override
    public HttpClient.Builder sslContext(SSLContext context) {
      return this;
    }

    @Override
    public HttpClient.Builder sslParameters(SSLParameters parameters) {
      return this;
    }

    @Override
    public HttpClient.Builder executor(Executor executor) {
      return this;
    }

    @Override
    public HttpClient.Builder followRedirects(HttpClient.Redirect policy) {
      return this;
    }

    @Override
    public HttpClient.Builder version(HttpClient.Version version) {
      return this;
    }

    @Override
    public HttpClient.Builder priority(int priority) {
      return this;
    }

    @Override
    public HttpClient.Builder proxy(ProxySelector selector) {
      return this;
    }

    @Override
    public HttpClient.Builder authenticator(Authenticator authenticator) {
      return this;
    }
  }
}
