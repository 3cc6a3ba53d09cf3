// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.kubernetes.manifest;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/// The objects of rendered YAML documents, as trees.
public record Manifest(List<Item> objects) {
  private static final String HOOK = "helm.sh/hook";

  public Manifest {
    objects = List.copyOf(objects);
  }

  /// Reads YAML documents; empty ones are left out.
  ///
  /// @throws org.snakeyaml.engine.v2.exceptions.YamlEngineException when it is not YAML
  public static Manifest parse(String yaml) {
    var objects = new ArrayList<Item>();
    LoadSettings settings = LoadSettings.builder().setAllowDuplicateKeys(true).build();
    for (Object document : new Load(settings).loadAllFromString(yaml)) {
      if (document instanceof Map<?, ?> tree && tree.get("kind") instanceof String kind) {
        objects.add(new Item(kind, tree));
      }
    }
    return new Manifest(objects);
  }

  /// The objects that a release keeps. Helm takes the entries of a `List` as objects of their own;
  /// hooks come and go by its rules.
  public List<Item> kept() {
    return objects.stream().flatMap(Manifest::kept).toList();
  }

  private static Stream<Item> kept(Item object) {
    if (object.kind().endsWith("List") && object.at("items").orElse("") instanceof List<?> items) {
      return items.stream()
          .filter(item -> item instanceof Map<?, ?> map && map.get("kind") instanceof String)
          .map(item -> (Map<?, ?>) item)
          .flatMap(item -> kept(new Item(String.valueOf(item.get("kind")), item)));
    }
    boolean kept = !object.name().isEmpty() && object.at("metadata", "annotations", HOOK).isEmpty();
    return kept ? Stream.of(object) : Stream.empty();
  }

  /// One object.
  public record Item(String kind, Map<?, ?> tree) {
    /// Its name; empty when the chart gave it none.
    public String name() {
      return text("metadata", "name").orElse("");
    }

    /// The version of its kind, with the group before it; `v1` where the chart gave none.
    public String apiVersion() {
      return text("apiVersion").orElse("v1");
    }

    /// The group of its kind; empty for the kinds that have none.
    public String group() {
      String version = apiVersion();
      return version.contains("/") ? version.substring(0, version.indexOf('/')) : "";
    }

    /// Kind and name, as people write it: `Deployment/orders`.
    public String title() {
      return kind + "/" + name();
    }

    /// The text at a path of keys.
    public Optional<String> text(String... path) {
      return at(path).map(String::valueOf);
    }

    /// What is at a path of keys, if all of them are there.
    public Optional<Object> at(String... path) {
      Object node = tree;
      for (String key : path) {
        node = node instanceof Map<?, ?> map ? map.get(key) : null;
      }
      return Optional.ofNullable(node);
    }
  }
}
