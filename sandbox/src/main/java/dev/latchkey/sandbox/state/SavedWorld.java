// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.state;

import dev.latchkey.sandbox.access.Directory;
import dev.latchkey.sandbox.cluster.SavedResources;
import dev.latchkey.sandbox.kubernetes.SavedCluster;
import dev.latchkey.sandbox.secret.Secrets;
import dev.latchkey.sandbox.token.Keys;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// A whole simulated world at one moment, with all its secrets and private keys.
///
/// @param version of this form, see [#VERSION]
/// @param savedAt by the clock of the world
/// @param port that stands in the world's addresses
/// @param clusters how many the default fleet had
/// @param seed decides every generated id and lag
/// @param clockAhead how far the world is ahead of the wall clock
/// @param asked how often each choice was made with the seed
public record SavedWorld(
    int version,
    Instant savedAt,
    int port,
    int clusters,
    long seed,
    Duration clockAhead,
    Map<String, Long> asked,
    Keys.Saved keys,
    Directory.Saved directory,
    SavedResources azure,
    List<Secrets.Saved> secrets,
    List<SavedCluster> kubernetes) {
  /// The version of the form that this class reads and writes.
  public static final int VERSION = 1;

  /// The same world at another port. Addresses stand in issuers, credentials, annotations and
  /// wherever users wrote them: the text is rewritten as a whole, so that all stay one.
  public SavedWorld at(int other) {
    if (other == port) {
      return this;
    }
    SavedWorld moved =
        Form.MAPPER.readValue(
            Pattern.compile("localhost:" + port + "(?![0-9])")
                .matcher(Form.MAPPER.writeValueAsString(this))
                .replaceAll("localhost:" + other),
            SavedWorld.class);
    return new SavedWorld(
        version,
        savedAt,
        other,
        clusters,
        seed,
        clockAhead,
        moved.asked,
        moved.keys,
        moved.directory,
        moved.azure,
        moved.secrets,
        moved.kubernetes);
  }

  /// As it stands in a file.
  public JsonNode tree() {
    return Form.MAPPER.valueToTree(this);
  }

  @Override
  public String toString() {
    return "SavedWorld[" + savedAt + "]";
  }
}
