// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sample;

import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/// Entra ID and one vault, at the place where the Azure libraries hand over bytes.
final class WireAzure implements HttpClient {
  static final String SECRET_VALUE = "the-value-of-the-secret";

  private final List<String> asked = new ArrayList<>();
  private Reply entra =
      new Reply(
          200,
          "{\"token_type\":\"Bearer\",\"expires_in\":3600,\"ext_expires_in\":3600,"
              + "\"access_token\":\"the-access-token\"}");
  private Reply vault =
      new Reply(
          200,
          "{\"value\":\"%s\",\"id\":\"https://kv.vault.example/secrets/db-password/1\",\"attributes\":{\"enabled\":true}}"
              .formatted(SECRET_VALUE));

  private record Reply(int status, String body) {}

  WireAzure entraAnswers(int status, String body) {
    entra = new Reply(status, body);
    return this;
  }

  WireAzure vaultAnswers(int status, String body) {
    vault = new Reply(status, body);
    return this;
  }

  /// Host and path of each request, in order.
  List<String> asked() {
    return List.copyOf(asked);
  }

  @Override
  public Mono<HttpResponse> send(HttpRequest request) {
    asked.add(request.getUrl().getHost() + request.getUrl().getPath());
    var headers = new HttpHeaders().set(HttpHeaderName.CONTENT_TYPE, "application/json");
    if (request.getUrl().getHost().equals("login.example")) {
      return Mono.just(new Response(request, entra, headers));
    }
    if (request.getHeaders().getValue(HttpHeaderName.AUTHORIZATION) == null) {
      headers.set(
          HttpHeaderName.WWW_AUTHENTICATE,
          "Bearer authorization=\"https://login.example/the-tenant\", resource=\"https://vault.example\"");
      return Mono.just(new Response(request, new Reply(401, ""), headers));
    }
    return Mono.just(new Response(request, vault, headers));
  }

  private static final class Response extends HttpResponse {
    private final Reply reply;
    private final HttpHeaders headers;

    Response(HttpRequest request, Reply reply, HttpHeaders headers) {
      super(request);
      this.reply = reply;
      this.headers = headers;
    }

    @Override
    public int getStatusCode() {
      return reply.status();
    }

    @Override
    @Deprecated
    public String getHeaderValue(String name) {
      return headers.getValue(HttpHeaderName.fromString(name));
    }

    @Override
    public HttpHeaders getHeaders() {
      return headers;
    }

    @Override
    public Flux<ByteBuffer> getBody() {
      return Flux.just(ByteBuffer.wrap(bytes()));
    }

    @Override
    public Mono<byte[]> getBodyAsByteArray() {
      return Mono.just(bytes());
    }

    @Override
    public Mono<String> getBodyAsString() {
      return Mono.just(reply.body());
    }

    @Override
    public Mono<String> getBodyAsString(Charset charset) {
      return Mono.just(reply.body());
    }

    private byte[] bytes() {
      return reply.body().getBytes(StandardCharsets.UTF_8);
    }
  }
}
