// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.azure.transport;

import dev.latchkey.core.gate.Call;
import dev.latchkey.core.gate.Call.Kind;
import dev.latchkey.core.gate.Call.Owner;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Tells by method and path which limits a request is counted against, and whether it may be sent
/// again. Paths tell it in every cloud, also in one that serves all of Azure on one address.
final class Calls {
  private static final Pattern ARM =
      Pattern.compile("/subscriptions/([^/]+)(?:/.*)?/providers/([^/]+)/(.+)");
  private static final Pattern SUBSCRIPTION = Pattern.compile("/subscriptions/([^/]+)(?:/.*)?");
  private static final Pattern TENANT =
      Pattern.compile("/(?:subscriptions|tenants|providers/microsoft\\..+)");
  private static final Pattern TOKEN = Pattern.compile("/([^/]+)/oauth2/v2\\.0/token");

  private Calls() {}

  static Call of(HttpRequest request) {
    URI uri = request.uri();
    String path = uri.getPath().toLowerCase(Locale.ROOT);
    Matcher token = TOKEN.matcher(path);
    if (token.matches()) {
      return new Call(Owner.TOKENS, Kind.ACTION, token.group(1), "");
    }
    if (path.startsWith("/secrets/")) {
      return new Call(Owner.VAULT, Kind.READ, uri.getHost(), "");
    }
    Matcher arm = ARM.matcher(path); // greedy: the last provider is the one that answers
    if (arm.matches()) {
      return ofArm(request.method(), path, arm.group(1), arm.group(2), arm.group(3));
    }
    Matcher subscription = SUBSCRIPTION.matcher(path);
    if (subscription.matches()) {
      return new Call(Owner.RESOURCES, kind(request.method(), false), subscription.group(1), "");
    }
    return TENANT.matcher(path).matches()
        ? new Call(Owner.TENANT, kind(request.method(), false), "", "")
        : Call.unlimited();
  }

  /// Whether sending the request twice does no more than sending it once.
  static boolean repeatable(HttpRequest request) {
    if (!request.method().equals("POST")) {
      return !request.method().equals("PATCH");
    }
    String path = request.uri().getPath().toLowerCase(Locale.ROOT);
    return TOKEN.matcher(path).matches()
        || path.endsWith("/listclusterusercredential")
        || path.endsWith("/oidctoken");
  }

  private static Call ofArm(
      String method, String path, String subscription, String provider, String rest) {
    int segments = rest.split("/", -1).length;
    boolean list = segments % 2 == 1; // types and names alternate
    return switch (provider) {
      case "microsoft.containerservice" -> {
        if (rest.startsWith("locations/")) {
          yield new Call(Owner.CLUSTERS, Kind.STATUS, subscription, "");
        }
        String resource =
            segments == 1
                ? group(path)
                : segments == 2 ? path : path.substring(0, path.lastIndexOf('/'));
        yield new Call(Owner.CLUSTERS, kind(method, list && segments == 1), subscription, resource);
      }
      case "microsoft.managedidentity" ->
          new Call(Owner.IDENTITIES, kind(method, list), subscription, identity(path, segments));
      default -> new Call(Owner.RESOURCES, kind(method, list), subscription, "");
    };
  }

  /// The resource group whose clusters are listed; empty when it is the whole subscription.
  private static String group(String path) {
    return path.contains("/resourcegroups/") ? path.substring(0, path.indexOf("/providers/")) : "";
  }

  /// The identity that the request is about, itself or one of its credentials.
  private static String identity(String path, int segments) {
    String identity = path;
    for (int segment = segments; segment > 2; segment--) {
      identity = identity.substring(0, identity.lastIndexOf('/'));
    }
    return segments == 1 ? "" : identity;
  }

  private static Kind kind(String method, boolean list) {
    return switch (method) {
      case "GET", "HEAD" -> list ? Kind.LIST : Kind.READ;
      case "PUT", "PATCH" -> Kind.WRITE;
      case "DELETE" -> Kind.DELETE;
      default -> Kind.ACTION;
    };
  }
}
