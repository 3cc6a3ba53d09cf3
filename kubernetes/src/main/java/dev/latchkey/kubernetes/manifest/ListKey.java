// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.kubernetes.manifest;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// By which fields the entries of a list are told apart, where Kubernetes merges it entry by entry.
///
/// @param fields the first is what people call the entry by; one that is missing has its default
/// @see <a
///   href="https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.34/">patchMergeKey of
///   each list</a>
record ListKey(List<Field> fields) {
  private static final ListKey NAME = by(new Field("name", ""));
  private static final Field PROTOCOL = new Field("protocol", "TCP");
  private static final Map<String, List<ListKey>> OF_LISTS =
      Map.ofEntries(
          Map.entry("containers", List.of(NAME)),
          Map.entry("initContainers", List.of(NAME)),
          Map.entry("ephemeralContainers", List.of(NAME)),
          Map.entry("volumes", List.of(NAME)),
          Map.entry("env", List.of(NAME)),
          Map.entry("imagePullSecrets", List.of(NAME)),
          Map.entry("secrets", List.of(NAME)),
          Map.entry("webhooks", List.of(NAME)),
          Map.entry("resourceClaims", List.of(NAME)),
          Map.entry("claims", List.of(NAME)),
          Map.entry("schedulingGates", List.of(NAME)),
          Map.entry("volumeMounts", List.of(by(new Field("mountPath", "")))),
          Map.entry("volumeDevices", List.of(by(new Field("devicePath", "")))),
          Map.entry("hostAliases", List.of(by(new Field("ip", "")))),
          Map.entry("topologySpreadConstraints", List.of(by(new Field("topologyKey", "")))),
          Map.entry(
              "ports",
              List.of(
                  by(new Field("containerPort", ""), PROTOCOL),
                  by(new Field("port", ""), PROTOCOL))));

  /// A field, and what it is where nobody sets it.
  record Field(String name, String missing) {}

  ListKey {
    fields = List.copyOf(fields);
  }

  private static ListKey by(Field... fields) {
    return new ListKey(List.of(fields));
  }

  /// The key of a list of this name; empty when such a list is one value.
  static Optional<ListKey> of(String list, List<?> entries) {
    return OF_LISTS.getOrDefault(list, List.of()).stream()
        .filter(key -> entries.stream().allMatch(key::fits))
        .findFirst();
  }

  private boolean fits(Object entry) {
    return entry instanceof Map<?, ?> map && map.get(fields.getFirst().name()) != null;
  }

  /// What an entry is called.
  String of(Object entry) {
    var name = new StringBuilder();
    for (Field field : fields) {
      Object value = entry instanceof Map<?, ?> map ? map.get(field.name()) : null;
      String text = value == null ? field.missing() : String.valueOf(value);
      boolean usual = !name.isEmpty() && text.equals(field.missing());
      name.append(usual ? "" : name.isEmpty() ? text : "/" + text);
    }
    return name.toString();
  }
}
