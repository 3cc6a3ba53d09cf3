// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.contract;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/// The differences that stay, each with its reason.
record Differences(List<Difference> all) {
  private static final String FILE = "contract-differences.yaml";

  /// One operation of one api-version that, in one recording, answers otherwise than recorded.
  record Difference(String operation, String apiVersion, String file, String reason) {}

  static Differences known() {
    try (InputStream in = Differences.class.getResourceAsStream(FILE)) {
      Object tree = new Load(LoadSettings.builder().build()).loadFromInputStream(in);
      return new Differences(
          tree instanceof List<?> entries
              ? entries.stream().map(Differences::difference).toList()
              : List.of());
    } catch (IOException e) {
      throw new UncheckedIOException("the sandbox's own " + FILE + " cannot be read", e);
    }
  }

  private static Difference difference(Object entry) {
    if (!(entry instanceof Map<?, ?> members)) {
      throw new IllegalStateException(FILE + " holds something else than entries");
    }
    return new Difference(
        String.valueOf(members.get("operation")),
        String.valueOf(members.get("apiVersion")),
        String.valueOf(members.get("file")),
        String.valueOf(members.get("reason")));
  }

  String reason(String operation, String apiVersion, String file) {
    return all.stream()
        .filter(one -> one.operation().equals(operation) && one.apiVersion().equals(apiVersion))
        .filter(one -> one.file().equals(file))
        .map(Difference::reason)
        .findFirst()
        .orElse("");
  }
}
