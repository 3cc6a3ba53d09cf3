// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.contract;

import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;

/// One file of recorded traffic.
///
/// @param file relative to the folder that is replayed
/// @param repository where the traffic was recorded
/// @param title what it shows, and what was left out
record Recording(Path file, Kind kind, String repository, String title, List<Exchange> exchanges) {
  private static final Instant UNKNOWN = Instant.parse("2026-01-01T00:00:00Z");

  /// How much of the truth a file holds.
  enum Kind {
    /// Traffic as it went over the wire.
    RECORDING,
    /// A quotation: headers are unknown, members may be left out.
    DOCUMENTED,
    /// An example beside an API's description: invented values, each exchange one possible answer.
    OFFICIAL_EXAMPLE
  }

  Recording {
    exchanges = List.copyOf(exchanges);
  }

  /// Whether lists hold fewer entries than the wire carried, as titles say.
  boolean shortened() {
    return title.contains("shortened");
  }

  /// Whether a header that is missing says nothing, because the recorder removes it.
  boolean drops(String header) {
    return header.equals("retry-after") && repository.startsWith("Azure/azure-cli");
  }

  /// The moment of the first answer.
  Instant start() {
    return exchanges.stream().flatMap(one -> moment(one).stream()).findFirst().orElse(UNKNOWN);
  }

  /// As the header says, or an error of Entra ID, which tells its moment itself.
  private static Optional<Instant> moment(Exchange exchange) {
    try {
      return exchange
          .header("date")
          .map(date -> DateTimeFormatter.RFC_1123_DATE_TIME.parse(date, Instant::from))
          .or(() -> exchange.body().path("timestamp").asStringOpt().map(Recording::withT));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private static Instant withT(String timestamp) {
    return Instant.parse(timestamp.replace(' ', 'T'));
  }

  /// The same file with one of its exchanges alone.
  Recording only(Exchange exchange) {
    return new Recording(file, kind, repository, title, List.of(exchange));
  }
}
