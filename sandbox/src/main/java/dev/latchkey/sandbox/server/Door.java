// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.server;

import dev.latchkey.sandbox.admin.Admin;
import dev.latchkey.sandbox.entra.Entra;
import dev.latchkey.sandbox.graph.MicrosoftGraph;
import dev.latchkey.sandbox.issuer.Issuers;
import dev.latchkey.sandbox.message.Answer;
import dev.latchkey.sandbox.message.Ask;
import dev.latchkey.sandbox.message.Origin;
import dev.latchkey.sandbox.message.Service;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Finds the service that a request is for: by the host and port that it used, then by its path.
final class Door {
  /// The services, in the words of the request log.
  enum Place {
    ADMIN,
    ARM,
    ENTRA,
    GRAPH,
    ISSUER,
    KEYVAULT,
    KUBERNETES;

    String logName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final Map<Place, Service> services;

  Door(Map<Place, Service> services) {
    this.services = Map.copyOf(services);
  }

  /// The origin behind a `Host` header at the front port; empty when it is none of ours, as with a
  /// web page that had its own name resolve to this machine.
  static Optional<Origin> front(String host) {
    String name = withoutPort(host).toLowerCase(Locale.ROOT);
    String suffix = "." + LoopbackAddresses.VAULT_DOMAIN;
    if (name.endsWith(suffix)) {
      return Optional.of(new Origin.Vault(name.substring(0, name.length() - suffix.length())));
    }
    return switch (name) {
      case "localhost", "127.0.0.1", "[::1]" -> Optional.of(new Origin.Front());
      default -> Optional.empty();
    };
  }

  private static String withoutPort(String host) {
    int colon = host.lastIndexOf(':');
    return colon > host.lastIndexOf(']') ? host.substring(0, colon) : host;
  }

  static Place place(Ask ask) {
    return switch (ask.origin()) {
      case Origin.Vault _ -> Place.KEYVAULT;
      case Origin.Cluster _ -> Place.KUBERNETES;
      case Origin.Front() -> place(ask.path());
    };
  }

  private static Place place(String path) {
    if (path.startsWith(Admin.PREFIX)) {
      return Place.ADMIN;
    }
    if (Issuers.serves(path)) {
      return Place.ISSUER;
    }
    if (path.startsWith(MicrosoftGraph.PREFIX)) {
      return Place.GRAPH;
    }
    return Entra.serves(path) ? Place.ENTRA : Place.ARM;
  }

  Answer answer(Place place, Ask ask) {
    Service service = services.get(place);
    return service == null ? Answer.empty(404) : service.answer(ask);
  }
}
