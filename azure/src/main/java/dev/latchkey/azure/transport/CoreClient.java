// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.azure.transport;

import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.BinaryData;
import com.azure.core.util.Context;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/// The transport in the form that azure-identity asks for: its token requests pass it as well.
public final class CoreClient implements HttpClient {
  /// Set by the JDK's client itself, which refuses to be told.
  private static final Set<String> OWN = Set.of("host", "content-length", "connection", "expect");

  private final Transport transport;
  private final String what;

  /// A client whose requests fail as `what`.
  public CoreClient(Transport transport, String what) {
    this.transport = transport;
    this.what = what;
  }

  @Override
  public Mono<HttpResponse> send(HttpRequest request) {
    return Mono.fromCallable(() -> sendSync(request, Context.NONE));
  }

  @Override
  public HttpResponse sendSync(HttpRequest request, Context context) {
    var builder = java.net.http.HttpRequest.newBuilder(URI.create(request.getUrl().toString()));
    request.getHeaders().stream()
        .filter(header -> !OWN.contains(header.getName().toLowerCase(Locale.ROOT)))
        .forEach(header -> builder.setHeader(header.getName(), header.getValue()));
    BinaryData body = request.getBodyAsBinaryData();
    builder.method(
        request.getHttpMethod().toString(),
        body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body.toBytes()));
    return new Answer(request, transport.send(what, builder.build()));
  }

  private static final class Answer extends HttpResponse {
    private final int status;
    private final HttpHeaders headers = new HttpHeaders();
    private final byte[] body;

    Answer(HttpRequest request, Reply reply) {
      super(request);
      this.status = reply.status();
      this.body = reply.body().getBytes(StandardCharsets.UTF_8);
      reply
          .headers()
          .map()
          .forEach((name, values) -> headers.set(HttpHeaderName.fromString(name), values));
    }

    @Override
    public int getStatusCode() {
      return status;
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
      return Flux.just(ByteBuffer.wrap(body));
    }

    @Override
    public BinaryData getBodyAsBinaryData() {
      return BinaryData.fromBytes(body);
    }

    @Override
    public Mono<byte[]> getBodyAsByteArray() {
      return Mono.just(body);
    }

    @Override
    public Mono<String> getBodyAsString() {
      return getBodyAsString(StandardCharsets.UTF_8);
    }

    @Override
    public Mono<String> getBodyAsString(Charset charset) {
      return Mono.just(new String(body, charset));
    }
  }
}
