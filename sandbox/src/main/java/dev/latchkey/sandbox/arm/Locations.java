// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.arm;

import dev.latchkey.sandbox.message.Answer;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// `/subscriptions/{id}/locations`: the regions of Azure.
public final class Locations implements ResourceType {
  @Override
  public String name() {
    return "Microsoft.Resources/subscriptions/locations";
  }

  @Override
  public Set<String> apiVersions() {
    return ResourceGroups.VERSIONS;
  }

  @Override
  public Home home() {
    return Home.SUBSCRIPTION;
  }

  @Override
  public Answer list(Call call) {
    String base = call.target().path() + "/";
    ObjectNode tree = JsonMapper.shared().createObjectNode();
    ArrayNode value = tree.putArray("value");
    Region.all().forEach(region -> value.add(shown(call, base, region)));
    return Answer.json(200, tree);
  }

  private static ObjectNode shown(Call call, String base, Region region) {
    ObjectNode tree = JsonMapper.shared().createObjectNode();
    tree.put("id", base + region.name()).put("name", region.name());
    if (call.since("2022-12-01")) {
      tree.put("type", "Region");
    }
    tree.put("displayName", region.displayName());
    if (!call.since("2019-11-01")) {
      return tree.put("longitude", region.longitude()).put("latitude", region.latitude());
    }
    tree.put("regionalDisplayName", "(%s) %s".formatted(region.continent(), region.displayName()));
    metadata(base, region, tree.putObject("metadata"));
    return tree;
  }

  private static void metadata(String base, Region region, ObjectNode metadata) {
    metadata.put("regionType", "Physical").put("regionCategory", region.category());
    metadata.put("geographyGroup", region.geographyGroup());
    metadata.put("longitude", region.longitude()).put("latitude", region.latitude());
    metadata.put("physicalLocation", region.physicalLocation());
    metadata
        .putArray("pairedRegion")
        .addObject()
        .put("name", region.paired())
        .put("id", base + region.paired());
  }
}
