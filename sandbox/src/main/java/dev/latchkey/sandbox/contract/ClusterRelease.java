// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.contract;

import dev.latchkey.sandbox.cluster.Offer;
import dev.latchkey.sandbox.cluster.Situations;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// AKS as it was at the time of a recording: the form of its addresses, the versions and images
/// that it gave.
record ClusterRelease(Scene scene) {
  /// AKS gave out addresses in the form of its time.
  void time() {
    scene.recording().exchanges().stream()
        .flatMap(
            one -> one.header("azure-asyncoperation").or(() -> one.header("location")).stream())
        .filter(address -> address.contains("/providers/Microsoft.ContainerService/locations/"))
        .findFirst()
        .ifPresent(situations()::gaveOut);
  }

  /// The newest version and images at that time are those that a new cluster got.
  void newest(Exchange exchange) {
    JsonNode properties = exchange.body().path("properties");
    String version = properties.path("kubernetesVersion").asString("");
    if (exchange.status() == 201 && !version.isEmpty()) {
      situations().offers(version, properties.path("currentKubernetesVersion").asString(version));
    }
    properties.path("agentPoolProfiles").forEach(this::image);
    if (exchange.concerns(ClusterPremises.POOL)) {
      image(properties);
    }
    if (exchange.body().has("eTag") && !exchange.apiVersion().endsWith("-preview")) {
      situations().showsEtags();
    }
  }

  private void image(JsonNode pool) {
    String image = pool.path("nodeImageVersion").asString("");
    if (image.isEmpty()) {
      return;
    }
    boolean windows = pool.path("osType").asString("").equals("Windows");
    situations()
        .hasImages(
            windows ? situations().linuxImage() : image,
            windows ? image : situations().windowsImage());
  }

  void offered(JsonNode values) {
    if (!values.isEmpty()) {
      situations().offers(values.valueStream().map(ClusterRelease::offer).toList());
    }
  }

  private static Offer offer(JsonNode value) {
    Offer.Standing standing =
        value.path("isPreview").asBoolean(false)
            ? Offer.Standing.PREVIEW
            : value.path("isDefault").asBoolean(false)
                ? Offer.Standing.DEFAULT
                : Offer.Standing.OFFERED;
    return new Offer(
        value.path("version").asString(""),
        texts(value.at("/capabilities/supportPlan")),
        standing,
        value
            .path("patchVersions")
            .propertyStream()
            .map(patch -> new Offer.Patch(patch.getKey(), texts(patch.getValue().path("upgrades"))))
            .toList());
  }

  private static List<String> texts(JsonNode list) {
    return list.valueStream().map(one -> one.asString("")).toList();
  }

  private Situations situations() {
    return scene.cloud().azure().situations();
  }
}
