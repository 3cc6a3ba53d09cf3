// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.azure.fake;

import dev.latchkey.azure.transport.Wire;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Flow;
import javax.net.ssl.SSLSession;

/// Answers requests with what a test lined up, and remembers them.
public final class FakeWire implements Wire {
  /// A request as it would have left, with its body.
  public record Sent(String method, URI uri, HttpHeaders headers, String body) {}

  private sealed interface Next {
    record Answer(int status, Map<String, String> headers, String body) implements Next {}

    record Failure(IOException failure) implements Next {}
  }

  /// What was sent, in order.
  public final List<Sent> sent = new ArrayList<>();

  private final Deque<Next> next = new ArrayDeque<>();

  /// The next answer.
  public FakeWire answer(int status, String body) {
    return answer(status, Map.of(), body);
  }

  /// The next answer, with headers.
  public FakeWire answer(int status, Map<String, String> headers, String body) {
    next.add(new Next.Answer(status, headers, body));
    return this;
  }

  /// The next answer does not come.
  public FakeWire failure(IOException failure) {
    next.add(new Next.Failure(failure));
    return this;
  }

  /// Tells whether all that was lined up was asked for.
  public boolean isDone() {
    return next.isEmpty();
  }

  @Override
  public HttpResponse<String> send(HttpRequest request, HttpResponse.BodyHandler<String> handler)
      throws IOException {
    sent.add(new Sent(request.method(), request.uri(), request.headers(), body(request)));
    return switch (next.remove()) {
      case Next.Failure(var failure) -> throw failure;
      case Next.Answer answer -> response(request, answer, handler);
    };
  }

  private static HttpResponse<String> response(
      HttpRequest request, Next.Answer answer, HttpResponse.BodyHandler<String> handler) {
    Map<String, List<String>> lists = new HashMap<>();
    answer.headers().forEach((name, value) -> lists.put(name, List.of(value)));
    HttpHeaders headers = HttpHeaders.of(lists, (name, value) -> true);
    var subscriber =
        handler.apply(
            new HttpResponse.ResponseInfo() {
              @Override
              public int statusCode() {
                return answer.status();
              }

              @Override
              public HttpHeaders headers() {
                return headers;
              }

              @Override
              public HttpClient.Version version() {
                return HttpClient.Version.HTTP_1_1;
              }
            });
    subscriber.onSubscribe(new Idle());
    subscriber.onNext(List.of(ByteBuffer.wrap(answer.body().getBytes(StandardCharsets.UTF_8))));
    subscriber.onComplete();
    String body = subscriber.getBody().toCompletableFuture().join();
    return new Received(request, answer.status(), headers, body);
  }

  private static String body(HttpRequest request) {
    var publisher = request.bodyPublisher();
    if (publisher.isEmpty()) {
      return "";
    }
    var subscriber = HttpResponse.BodySubscribers.ofString(StandardCharsets.UTF_8);
    publisher.get().subscribe(new Collect(subscriber));
    return subscriber.getBody().toCompletableFuture().join();
  }

  /// Hands what a request publishes to a subscriber of answers.
  private record Collect(HttpResponse.BodySubscriber<String> to)
      implements Flow.Subscriber<ByteBuffer> {
    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      to.onSubscribe(subscription);
    }

    @Override
    public void onNext(ByteBuffer item) {
      to.onNext(List.of(item));
    }

    @Override
    public void onError(Throwable failure) {
      to.onError(failure);
    }

    @Override
    public void onComplete() {
      to.onComplete();
    }
  }

  private record Idle() implements Flow.Subscription {
    @Override
    public void request(long count) {}

    @Override
    public void cancel() {}
  }

  private record Received(HttpRequest request, int statusCode, HttpHeaders headers, String body)
      implements HttpResponse<String> {
    @Override
    public Optional<HttpResponse<String>> previousResponse() {
      return Optional.empty();
    }

    @Override
    public Optional<SSLSession> sslSession() {
      return Optional.empty();
    }

    @Override
    public URI uri() {
      return request.uri();
    }

    @Override
    public HttpClient.Version version() {
      return HttpClient.Version.HTTP_1_1;
    }
  }
}
