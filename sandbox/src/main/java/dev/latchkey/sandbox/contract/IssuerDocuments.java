// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.contract;

import dev.latchkey.sandbox.entra.Fetch;
import dev.latchkey.sandbox.message.Answer;
import dev.latchkey.sandbox.message.Ask;
import dev.latchkey.sandbox.message.Origin;
import dev.latchkey.sandbox.message.Service;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// What Entra ID can read of issuers: the documents of the simulated clusters, and those that a
/// premise has put somewhere else.
final class IssuerDocuments implements Fetch {
  private final Map<URI, String> elsewhere = new ConcurrentHashMap<>();
  private Service issuers = _ -> Answer.empty(404);

  /// The issuers of this world.
  void ofIssuers(Service ours) {
    issuers = ours;
  }

  /// Puts a document of an issuer that no cluster has.
  void put(URI url, String document) {
    elsewhere.put(url, document);
  }

  @Override
  public String read(URI url) throws IOException {
    String known = elsewhere.get(url);
    if (known != null) {
      return known;
    }
    var ask =
        new Ask(
            new Origin.Front(),
            "GET",
            url.getPath(),
            Map.of(),
            Map.of(),
            new byte[0],
            Optional.empty());
    Answer answer = issuers.answer(ask);
    if (answer.status() != 200) {
      throw new IOException(url + " answered " + answer.status());
    }
    return Comparison.seen(answer).toString();
  }
}
