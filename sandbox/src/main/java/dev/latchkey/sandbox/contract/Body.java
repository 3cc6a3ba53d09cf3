// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.contract;

import dev.latchkey.sandbox.contract.Recording.Exchange;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The body of a request; a plausible one where a quotation has left it out.
final class Body {
  private static final String READER = "acdd72a7-3385-48ef-bd42-f606fba81ae7";

  private Body() {}

  static JsonNode of(Exchange exchange, String principal) {
    if (!exchange.sent().isMissingNode() || !exchange.method().equals("PUT")) {
      return exchange.sent();
    }
    return exchange.path().contains("/federatedIdentityCredentials/")
        ? credential()
        : assignment(principal);
  }

  static ObjectNode credential() {
    ObjectNode tree = JsonMapper.shared().createObjectNode();
    ObjectNode properties = tree.putObject("properties");
    properties.put("issuer", "https://issuer/").put("subject", "system:serviceaccount:ns:name");
    properties.putArray("audiences").add("api://AzureADTokenExchange");
    return tree;
  }

  private static ObjectNode assignment(String principal) {
    ObjectNode tree = JsonMapper.shared().createObjectNode();
    tree.putObject("properties")
        .put("roleDefinitionId", "/providers/Microsoft.Authorization/roleDefinitions/" + READER)
        .put("principalId", principal);
    return tree;
  }
}
