// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.server;

import dev.latchkey.sandbox.clock.Activity;
import dev.latchkey.sandbox.fault.Delivery;
import dev.latchkey.sandbox.fault.Faults;
import dev.latchkey.sandbox.message.Answer;
import dev.latchkey.sandbox.message.Answer.Body;
import dev.latchkey.sandbox.message.Ask;
import dev.latchkey.sandbox.message.Origin;
import dev.latchkey.sandbox.message.Witness;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.RenegotiationRequiredException;
import io.undertow.server.SSLSessionInfo;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.System.Logger.Level;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.Predicate;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.xnio.IoUtils;
import tools.jackson.databind.json.JsonMapper;

/// Takes requests from the wire to the services and their answers back, one virtual thread each.
final class Reception implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Reception.class.getName());
  private static final String JSON = "application/json; charset=utf-8";

  private final InstantSource clock;
  private final RequestLog log;
  private final Faults faults;
  private final CompletableFuture<Door> door;
  private final Activity activity;
  private volatile Witness witness = (ask, service) -> service.answer(ask);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<HttpServerExchange, Origin> streams = new ConcurrentHashMap<>();

  /// Requests that come before `door` is complete wait for it.
  Reception(
      InstantSource clock,
      RequestLog log,
      Faults faults,
      Activity activity,
      CompletableFuture<Door> door) {
    this.clock = clock;
    this.activity = activity;
    this.log = log;
    this.faults = faults;
    this.door = door;
  }

  /// Takes one request whose origin follows from its `Host` header; another machine's, or one for a
  /// name that is none of ours, is turned away.
  void take(HttpServerExchange exchange, Function<String, Optional<Origin>> origin) {
    boolean near = exchange.getSourceAddress().getAddress().isLoopbackAddress();
    String host =
        Optional.ofNullable(exchange.getRequestHeaders().getFirst(Headers.HOST)).orElse("");
    Optional<Origin> known = near ? origin.apply(host) : Optional.empty();
    if (known.isEmpty()) {
      exchange.setStatusCode(421).endExchange();
      return;
    }
    activity.begins();
    exchange.dispatch(threads, () -> serve(exchange, known.get()));
  }

  /// Shows every request to somebody else first.
  void let(Witness other) {
    witness = other;
  }

  /// Cuts the streams of these origins, as a server does that goes down.
  void cut(Predicate<Origin> origins) {
    streams.forEach(
        (exchange, origin) -> {
          if (origins.test(origin)) {
            IoUtils.safeClose(exchange.getConnection());
          }
        });
  }

  /// The origins to which streams are open.
  Set<Origin> streaming() {
    return Set.copyOf(streams.values());
  }

  private void serve(HttpServerExchange exchange, Origin origin) {
    try {
      exchange.startBlocking();
      Ask ask = ask(exchange, origin);
      Door.Place place = Door.place(ask);
      switch (delivery(place, ask)) {
        case Delivery.Whole(Answer answer) -> reply(exchange, ask, place, answer);
        case Delivery.Half(Answer answer) -> replyInHalf(exchange, ask, place, answer);
        case Delivery.Nothing() -> IoUtils.safeClose(exchange.getConnection());
      }
    } catch (IOException e) {
      // the client has gone, or the sandbox stops: nobody is left to tell
      IoUtils.safeClose(exchange.getConnection());
    } finally {
      exchange.endExchange();
      activity.ends();
    }
  }

  /// Whoever steers the sandbox meets none of its faults.
  private Delivery delivery(Door.Place place, Ask ask) throws IOException {
    if (place == Door.Place.ADMIN) {
      return new Delivery.Whole(answer(place, ask));
    }
    try {
      return faults.deliver(
          place.logName(), ask, each -> witness.answer(each, seen -> answer(place, seen)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("the sandbox stops", e);
    }
  }

  private Answer answer(Door.Place place, Ask ask) {
    try {
      return door.join().answer(place, ask);
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "this is a bug in the sandbox: " + ask.method() + " " + ask.path(), e);
      var body = JsonMapper.shared().createObjectNode();
      body.putObject("error")
          .put("code", "InternalServerError")
          .put("message", "This is a bug in the sandbox: " + e);
      return Answer.json(500, body);
    }
  }

  private static Ask ask(HttpServerExchange exchange, Origin origin) throws IOException {
    Map<String, List<String>> query = new LinkedHashMap<>();
    exchange.getQueryParameters().forEach((name, values) -> query.put(name, List.copyOf(values)));
    Map<String, List<String>> headers = new HashMap<>();
    for (HeaderValues values : exchange.getRequestHeaders()) {
      headers.put(
          values.getHeaderName().toString().toLowerCase(Locale.ROOT), new ArrayList<>(values));
    }
    return new Ask(
        origin,
        exchange.getRequestMethod().toString(),
        exchange.getRequestPath(),
        query,
        headers,
        exchange.getInputStream().readAllBytes(),
        clientCertificate(exchange));
  }

  private static Optional<String> clientCertificate(HttpServerExchange exchange) {
    SSLSessionInfo session = exchange.getConnection().getSslSessionInfo();
    if (session == null) {
      return Optional.empty();
    }
    try {
      return session.getPeerCertificates()[0] instanceof X509Certificate certificate
          ? Optional.of(certificate.getSubjectX500Principal().toString())
          : Optional.empty();
    } catch (SSLPeerUnverifiedException | RenegotiationRequiredException e) {
      return Optional.empty(); // it showed none: certificates are requested, not required
    }
  }

  private void reply(HttpServerExchange exchange, Ask ask, Door.Place place, Answer answer)
      throws IOException {
    head(exchange, ask, place, answer);
    switch (answer.body()) {
      case Body.None() -> {}
      case Body.Json(var tree) -> send(exchange, JsonMapper.shared().writeValueAsBytes(tree));
      case Body.Raw(byte[] bytes) -> send(exchange, bytes);
      case Body.Stream(Answer.Feed feed) -> stream(exchange, ask.origin(), feed);
    }
  }

  private void head(HttpServerExchange exchange, Ask ask, Door.Place place, Answer answer) {
    exchange.setStatusCode(answer.status());
    answer
        .headers()
        .forEach((name, value) -> exchange.getResponseHeaders().put(new HttpString(name), value));
    log.write(clock.instant(), place, ask, answer.status());
  }

  /// Announces the whole body, sends half of it, and ends the connection.
  private void replyInHalf(HttpServerExchange exchange, Ask ask, Door.Place place, Answer answer)
      throws IOException {
    Optional<byte[]> whole = bytes(answer.body());
    if (whole.isEmpty()) {
      reply(exchange, ask, place, answer);
      return;
    }
    head(exchange, ask, place, answer);
    typed(exchange);
    exchange.setResponseContentLength(whole.get().length);
    OutputStream out = exchange.getOutputStream();
    out.write(whole.get(), 0, whole.get().length / 2);
    out.flush();
    IoUtils.safeClose(exchange.getConnection());
  }

  private static Optional<byte[]> bytes(Body body) {
    return switch (body) {
      case Body.Json(var tree) -> Optional.of(JsonMapper.shared().writeValueAsBytes(tree));
      case Body.Raw(byte[] bytes) -> Optional.of(bytes);
      case Body.None(), Body.Stream _ -> Optional.empty();
    };
  }

  private static void send(HttpServerExchange exchange, byte[] bytes) throws IOException {
    typed(exchange);
    exchange.setResponseContentLength(bytes.length);
    try (OutputStream out = exchange.getOutputStream()) {
      out.write(bytes);
    }
  }

  private static void typed(HttpServerExchange exchange) {
    if (!exchange.getResponseHeaders().contains(Headers.CONTENT_TYPE)) {
      exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, JSON);
    }
  }

  private void stream(HttpServerExchange exchange, Origin origin, Answer.Feed feed)
      throws IOException {
    typed(exchange);
    Thread pump = Thread.currentThread();
    exchange.getConnection().addCloseListener(_ -> pump.interrupt());
    streams.put(exchange, origin);
    try (OutputStream out = new EachWriteFlushed(exchange.getOutputStream())) {
      out.flush(); // the client sees the status before the first event
      activity.ends(); // from here on it only tells what others do
      try {
        feed.pump(out);
      } finally {
        activity.begins();
      }
    } catch (InterruptedException e) {
      throw new IOException("the stream was cut", e);
    } finally {
      streams.remove(exchange);
    }
  }

  private static final class EachWriteFlushed extends OutputStream {
    private final OutputStream out;

    EachWriteFlushed(OutputStream out) {
      this.out = out;
    }

    @Override
    public void write(int value) throws IOException {
      out.write(value);
      out.flush();
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      out.write(bytes, from, length);
      out.flush();
    }

    @Override
    public void flush() throws IOException {
      out.flush();
    }

    @Override
    public void close() throws IOException {
      out.close();
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
