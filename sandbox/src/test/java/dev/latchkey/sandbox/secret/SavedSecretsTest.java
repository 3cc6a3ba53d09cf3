// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.secret;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.sandbox.clock.SandboxClock;
import dev.latchkey.sandbox.clock.Seed;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class SavedSecretsTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private static Secrets none() {
    return new Secrets(new SandboxClock(() -> NOW), new Seed(1));
  }

  private static Secrets.Written written(String version, String value) {
    return new Secrets.Written(
        "db-password",
        version,
        value,
        Optional.of("text/plain"),
        false,
        OptionalLong.of(1),
        OptionalLong.empty(),
        NOW.minusSeconds(10),
        NOW,
        Map.of("team", "orders"));
  }

  @Test
  void keepAllVersionsWithTheirAttributes() {
    Secrets secrets = none();
    secrets.add("KV-Shared", written("1", "first"));
    secrets.add("kv-shared", written("2", "second"));

    assertThat(secrets.saved())
        .containsExactly(
            new Secrets.Saved(
                "kv-shared",
                "db-password",
                List.of(written("1", "first"), written("2", "second")),
                Instant.EPOCH,
                Optional.empty()));
  }

  @Test
  void areTheSameAfterRestoring() {
    Secrets before = none();
    before.add("kv-shared", written("1", "first"));
    before.delete("kv-shared", "db-password");

    Secrets after = none();
    after.restore(before.saved());

    assertThat(after.saved()).isEqualTo(before.saved());
    assertThat(after.place("kv-shared", "db-password")).contains(Secrets.Place.BIN);
    assertThat(after.values()).containsExactly("first");
  }

  @Test
  void hideTheirValues() {
    Secrets secrets = none();
    secrets.add("kv-shared", written("1", "first"));

    assertThat(secrets.saved().toString()).doesNotContain("first");
  }
}
