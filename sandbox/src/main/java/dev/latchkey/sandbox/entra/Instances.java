// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.entra;

import dev.latchkey.sandbox.entra.Refusal.InstanceUnknown;
import dev.latchkey.sandbox.entra.Refusal.ParameterMissing;
import dev.latchkey.sandbox.message.Addresses;
import dev.latchkey.sandbox.message.Ask;
import java.net.URI;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Instance discovery: which hosts are one cloud, and where a tenant's configuration is.
final class Instances {
  private static final String ENDPOINT = "authorization_endpoint";

  /// One cloud. The first alias is the host to speak to; tokens are kept under `cache`.
  private record Instance(String cache, List<String> aliases) {
    boolean has(String authority) {
      return aliases.stream().anyMatch(authority::equalsIgnoreCase);
    }
  }

  /// Azure's clouds as each of them describes all, recorded from 2020 to 2025.
  private static final List<Instance> AZURE =
      List.of(
          new Instance(
              "login.windows.net",
              List.of(
                  "login.microsoftonline.com",
                  "login.windows.net",
                  "login.microsoft.com",
                  "sts.windows.net")),
          new Instance(
              "login.partner.microsoftonline.cn",
              List.of("login.partner.microsoftonline.cn", "login.chinacloudapi.cn")),
          new Instance("login.microsoftonline.de", List.of("login.microsoftonline.de")),
          new Instance(
              "login.microsoftonline.us",
              List.of("login.microsoftonline.us", "login.usgovcloudapi.net")),
          new Instance("login-us.microsoftonline.com", List.of("login-us.microsoftonline.com")));

  private final String login;
  private final List<Instance> known;

  Instances(Addresses addresses) {
    login = addresses.login();
    String authority = URI.create(login).getAuthority();
    known = AZURE.stream().anyMatch(cloud -> cloud.has(authority)) ? AZURE : own(authority);
  }

  /// A cloud of its own, which knows no other; this machine's names are all one.
  private static List<Instance> own(String authority) {
    String port = authority.substring(Math.max(authority.lastIndexOf(':'), 0));
    return List.of(new Instance(authority, List.of(authority, "127.0.0.1" + port)));
  }

  ObjectNode document(Ask ask) throws Refused {
    String endpoint =
        ask.parameter(ENDPOINT).orElseThrow(() -> new Refused(new ParameterMissing(ENDPOINT)));
    String[] parts = endpoint.split("/", 5);
    if (parts.length < 4 || known.stream().noneMatch(cloud -> cloud.has(parts[2]))) {
      throw new Refused(new InstanceUnknown());
    }
    String version = endpoint.contains("/oauth2/v2.0/") ? "/v2.0" : "";
    ObjectNode document = JsonMapper.shared().createObjectNode();
    document.put(
        "tenant_discovery_endpoint",
        login + "/" + parts[3] + version + "/.well-known/openid-configuration");
    if (ask.parameter("api-version").orElse("").equals("1.1")) {
      document.put("api-version", "1.1");
      describe(document.putArray("metadata"));
    }
    return document;
  }

  private void describe(ArrayNode metadata) {
    for (Instance cloud : known) {
      ObjectNode entry = metadata.addObject();
      entry.put("preferred_network", cloud.aliases().getFirst());
      entry.put("preferred_cache", cloud.cache());
      cloud.aliases().forEach(entry.putArray("aliases")::add);
    }
  }
}
