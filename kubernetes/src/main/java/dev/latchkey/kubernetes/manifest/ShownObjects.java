// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.kubernetes.manifest;

import dev.latchkey.core.resource.ManifestObject;
import dev.latchkey.kubernetes.manifest.Manifest.Item;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;

/// Lays out the objects of a manifest so that people may see how two of them differ: keys in order,
/// and no value that may be a secret.
///
/// Hidden are the data of Secrets, values whose name says that they are secret, and what
/// [ShownText] hides within texts.
public final class ShownObjects {
  private static final String CHECKSUM = "checksum/"; // annotations that charts roll pods with
  private static final int WIDTH = 1000; // lines are cut where they are shown, not here
  private static final Pattern SECRET_NAME =
      Pattern.compile(
          "(?i)(password|passwd|pwd|token|secret|credentials?|connection[_.-]?string"
              + "|(api|access|private|account|shared)[_.-]?key)$");
  private static final List<String> OF_SECRETS = List.of("data", "stringData");
  private static final DumpSettings BLOCKS =
      DumpSettings.builder()
          .setDefaultFlowStyle(FlowStyle.BLOCK)
          .setWidth(WIDTH)
          .setSplitLines(false)
          .build();

  private ShownObjects() {}

  /// The objects of a manifest, in its order.
  ///
  /// @param namespace of the release; an object of another one says so in its title
  /// @throws org.snakeyaml.engine.v2.exceptions.YamlEngineException when it is not YAML
  public static List<ManifestObject> of(String manifest, String namespace) {
    var dump = new Dump(BLOCKS);
    return Manifest.parse(manifest).objects().stream()
        .map(
            object ->
                new ManifestObject(title(object, namespace), dump.dumpToString(masked(object))))
        .toList();
  }

  /// Kind and name; an object of another namespace than the release's says so.
  public static String title(Item object, String namespace) {
    return object
        .text("metadata", "namespace")
        .filter(other -> !other.equals(namespace))
        .map(other -> object.title() + " in " + other)
        .orElse(object.title());
  }

  /// The object with a digest for each value that may be a secret.
  static Map<String, Object> masked(Item object) {
    Map<String, Object> tree = shown(object.tree());
    if (object.kind().equals("Secret")) {
      OF_SECRETS.forEach(member -> tree.computeIfPresent(member, (_, data) -> hiddenAll(data)));
    }
    return tree;
  }

  private static Map<String, Object> shown(Map<?, ?> tree) {
    var shown = new TreeMap<String, Object>();
    tree.forEach(
        (key, value) -> {
          String name = String.valueOf(key);
          boolean secret =
              isSecret(name)
                  || (name.equals("value") && isSecret(String.valueOf(tree.get("name"))));
          put(shown, name, secret && isPlain(value) ? hidden(value) : shownValue(value));
        });
    return shown;
  }

  /// Whether a value of this name may be a secret.
  static boolean isSecret(String name) {
    return SECRET_NAME.matcher(name).find() && !name.startsWith(CHECKSUM);
  }

  /// Only texts and numbers are secrets; `secret: { … }`, `token: true` and `token: no` are
  /// settings.
  private static boolean isPlain(@Nullable Object value) {
    return (value instanceof String text && !OldYaml.isTruth(text)) || value instanceof Number;
  }

  private static @Nullable Object shownValue(@Nullable Object value) {
    return switch (value) {
      case null -> null;
      case Map<?, ?> map -> shown(map);
      case List<?> list -> {
        var items = new ArrayList<@Nullable Object>();
        list.forEach(item -> items.add(shownValue(item)));
        yield items;
      }
      case String text -> ShownText.of(text);
      default -> value;
    };
  }

  private static Object hiddenAll(Object data) {
    if (!(data instanceof Map<?, ?> map)) {
      return hidden(data);
    }
    var hidden = new TreeMap<String, Object>();
    map.forEach((key, value) -> hidden.put(String.valueOf(key), hidden(value)));
    return hidden;
  }

  @SuppressWarnings("NullAway") // a key without a value is written as such
  private static void put(Map<String, Object> tree, String key, @Nullable Object value) {
    tree.put(key, value);
  }

  /// A digest in the place of a value.
  static String hidden(@Nullable Object value) {
    byte[] text = String.valueOf(value).getBytes(StandardCharsets.UTF_8);
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(text);
      return ManifestObject.hidden(HexFormat.of().formatHex(digest));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
