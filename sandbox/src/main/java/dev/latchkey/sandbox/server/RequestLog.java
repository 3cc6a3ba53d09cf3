// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.server;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.latchkey.sandbox.message.Ask;
import dev.latchkey.sandbox.token.Jwt;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// One JSON line per request: who asked what and how it ended, never a body, query or token.
///
/// Many threads may write; each line is one write to the file.
final class RequestLog implements AutoCloseable {
  private final OutputStream out;

  private RequestLog(OutputStream out) {
    this.out = out;
  }

  /// A log that appends to a file, or one that keeps nothing.
  static RequestLog to(Optional<Path> file) {
    try {
      return new RequestLog(
          file.isPresent()
              ? Files.newOutputStream(
                  file.get(), StandardOpenOption.CREATE, StandardOpenOption.APPEND)
              : OutputStream.nullOutputStream());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the request log " + file.orElseThrow(), e);
    }
  }

  void write(Instant time, Door.Place place, Ask ask, int status) {
    ObjectNode line = JsonMapper.shared().createObjectNode();
    line.put("time", time.toString());
    line.put("service", place.logName());
    line.put("method", ask.method());
    line.put("path", ask.path());
    line.put("apiVersion", ask.parameter("api-version").orElse(null));
    line.put("status", status);
    line.put("principal", principal(ask, status).orElse(null));
    try {
      out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the request log", e);
    }
  }

  /// Who the caller proved to be; nobody when the answer is that it did not.
  private static Optional<String> principal(Ask ask, int status) {
    if (status == 401) {
      return Optional.empty();
    }
    return ask.bearer()
        .flatMap(Jwt::read)
        .flatMap(token -> principal(token.claims()))
        .or(ask::clientCertificate);
  }

  private static Optional<String> principal(JWTClaimsSet claims) {
    return Optional.ofNullable(claims.getClaim("oid"))
        .map(Object::toString)
        .or(() -> Optional.ofNullable(claims.getSubject()));
  }

  @Override
  public void close() {
    try {
      out.close();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot close the request log", e);
    }
  }
}
