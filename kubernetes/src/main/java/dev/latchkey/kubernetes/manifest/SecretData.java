// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.kubernetes.manifest;

import dev.latchkey.kubernetes.manifest.Manifest.Item;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/// Secrets as Kubernetes keeps them: what a manifest writes as text stands among the data, and
/// base64 has no line breaks.
final class SecretData {
  private SecretData() {}

  /// The object in that form; one of another kind as it is.
  static Item joined(Item object) {
    if (!object.kind().equals("Secret")) {
      return object;
    }
    var data = new LinkedHashMap<String, Object>();
    members(object, "data").forEach((key, value) -> data.put(key, plain(value)));
    members(object, "stringData").forEach((key, value) -> data.put(key, encoded(value)));
    var tree = new LinkedHashMap<Object, Object>(object.tree());
    tree.remove("stringData");
    tree.put("data", data);
    return new Item(object.kind(), tree);
  }

  private static Map<String, String> members(Item object, String name) {
    var members = new LinkedHashMap<String, String>();
    if (object.at(name).orElse(Map.of()) instanceof Map<?, ?> map) {
      map.forEach(
          (key, value) -> members.put(String.valueOf(key), value == null ? "" : value.toString()));
    }
    return members;
  }

  private static String encoded(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String plain(String base64) {
    return base64.replaceAll("\\s", "");
  }
}
