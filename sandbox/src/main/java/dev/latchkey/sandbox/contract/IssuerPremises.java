// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.contract;

import tools.jackson.databind.node.ObjectNode;

/// The clusters whose issuers are asked for their documents.
record IssuerPremises(Scene scene) implements Inference {
  private static final String CLUSTER = "Microsoft.ContainerService/managedClusters";

  @Override
  public void before(Step step) {
    if (step.exchange().addressee() instanceof Addressee.Issuer() && step.exchange().succeeded()) {
      String[] words = step.url().text().split("/", -1);
      appear(String.join("/", words[0], words[1], words[2], words[3], words[4]) + "/", words[4]);
    }
  }

  private void appear(String issuer, String guid) {
    String id =
        "/subscriptions/00000000-0000-0000-0000-000000000000/resourcegroups/recorded/providers/%s/%s"
            .formatted(CLUSTER, guid);
    ObjectNode tree = Scene.unknown(id, CLUSTER);
    ((ObjectNode) tree.path("properties"))
        .putObject("oidcIssuerProfile")
        .put("enabled", true)
        .put("issuerURL", issuer);
    scene.there(id, CLUSTER, tree);
  }
}
