// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.server;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Helm's records of releases.
final class Releases {
  private Releases() {}

  static String secret(String name, int revision, String status) {
    String release =
        "{\"name\":\"%s\",\"version\":%d,\"info\":{\"status\":\"%s\"}}"
            .formatted(name, revision, status);
    var packed = new ByteArrayOutputStream();
    try (var zip = new GZIPOutputStream(packed)) {
      zip.write(release.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    byte[] once = Base64.getEncoder().encode(packed.toByteArray());
    return "{\"type\":\"helm.sh/release.v1\",\"metadata\":{\"name\":\"sh.helm.release.v1.%1$s.v%2$d\",\"labels\":{\"owner\":\"helm\",\"name\":\"%1$s\",\"version\":\"%2$d\",\"status\":\"%3$s\"}},\"data\":{\"release\":\"%4$s\"}}"
        .formatted(name, revision, status, Base64.getEncoder().encodeToString(once));
  }

  /// The revision and status that each record holds.
  static List<String> read(JsonNode secrets) {
    return secrets
        .path("items")
        .valueStream()
        .filter(each -> each.at("/metadata/labels/owner").asString("").equals("helm"))
        .map(each -> release(each.at("/data/release").asString("")))
        .map(each -> each.path("version").asInt() + " " + each.at("/info/status").asString(""))
        .toList();
  }

  private static JsonNode release(String data) {
    byte[] packed = Base64.getDecoder().decode(Base64.getDecoder().decode(data));
    try (var zip = new GZIPInputStream(new ByteArrayInputStream(packed))) {
      return JsonMapper.shared().readTree(zip.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
