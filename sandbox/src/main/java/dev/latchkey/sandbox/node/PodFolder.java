// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.node;

import dev.latchkey.sandbox.clock.Agenda;
import dev.latchkey.sandbox.kubernetes.KubernetesCluster;
import dev.latchkey.sandbox.schema.Kinds;
import dev.latchkey.sandbox.schema.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The folder that stands for a pod's file system: its volumes, its log.
final class PodFolder {
  private final KubernetesCluster cluster;
  private final ObjectNode pod;
  private final Path folder;
  private final Variables variables;
  private final Agenda agenda;

  PodFolder(KubernetesCluster cluster, ObjectNode pod, Path root, Agenda agenda) {
    this.cluster = cluster;
    this.pod = pod;
    this.folder = root.resolve(Trees.text(pod, "metadata", "uid"));
    this.variables = new Variables(cluster, pod);
    this.agenda = agenda;
  }

  /// Where the container writes its output.
  Path log(String container) {
    return folder.resolve(container + ".log");
  }

  /// Makes the folder and fills its volumes.
  void make() throws IOException {
    Files.createDirectories(folder);
    for (JsonNode volume : Trees.items(Trees.at(pod, "spec", "volumes"))) {
      Path place = place(Trees.text(volume, "name"));
      Files.createDirectories(place);
      fill(place, volume);
    }
  }

  /// The text with each mount path of the container replaced by the volume's place.
  String translate(JsonNode container, String text) {
    List<JsonNode> mounts =
        Trees.items(container.path("volumeMounts")).stream()
            .sorted(
                Comparator.comparingInt(
                    (JsonNode mount) -> -Trees.text(mount, "mountPath").length()))
            .toList();
    String translated = text;
    for (JsonNode mount : mounts) {
      String path = Trees.text(mount, "mountPath");
      if (translated.startsWith(path) || translated.contains("=" + path)) {
        return translated.replace(path, place(Trees.text(mount, "name")).toString());
      }
    }
    return translated;
  }

  private Path place(String volume) {
    return folder.resolve("volumes").resolve(volume);
  }

  private void fill(Path place, JsonNode volume) throws IOException {
    for (JsonNode source : Trees.items(Trees.at(volume, "projected", "sources"))) {
      fillFrom(place, source);
    }
    fillFrom(place, volume);
  }

  private void fillFrom(Path place, JsonNode source) throws IOException {
    JsonNode map = source.path("configMap");
    if (map.isObject()) {
      write(place, map, variables.data(Kinds.CONFIG_MAP, Trees.text(map, "name")));
    }
    JsonNode secret = source.path("secret");
    if (secret.isObject()) {
      String name = Trees.text(secret, "secretName") + Trees.text(secret, "name");
      write(place, secret, variables.data(Kinds.SECRET, name));
    }
    for (JsonNode item : Trees.items(Trees.at(source, "downwardAPI", "items"))) {
      String field = variables.field(Trees.text(item, "fieldRef", "fieldPath"));
      write(place.resolve(Trees.text(item, "path")), field);
    }
    if (source.path("serviceAccountToken").isObject()) {
      writeToken(place, source.path("serviceAccountToken"));
    }
  }

  private static void write(Path place, JsonNode source, Map<String, String> data)
      throws IOException {
    List<JsonNode> items = Trees.items(source.path("items"));
    for (JsonNode item : items) {
      String text = data.getOrDefault(Trees.text(item, "key"), "");
      write(place.resolve(Trees.text(item, "path")), text);
    }
    if (items.isEmpty()) {
      for (var each : data.entrySet()) {
        write(place.resolve(each.getKey()), each.getValue());
      }
    }
  }

  /// Writes a token as the kubelet does, and again when 80 % of its life are over.
  private void writeToken(Path place, JsonNode source) throws IOException {
    long seconds = Trees.number(source, 3600, "expirationSeconds");
    ObjectNode request = Trees.object();
    ObjectNode spec = Trees.child(request, "spec").put("expirationSeconds", seconds);
    String audience = Trees.text(source, "audience");
    if (!audience.isEmpty()) {
      spec.putArray("audiences").add(audience);
    }
    Trees.child(spec, "boundObjectRef")
        .put("kind", "Pod")
        .put("apiVersion", "v1")
        .put("name", Trees.text(pod, "metadata", "name"))
        .put("uid", Trees.text(pod, "metadata", "uid"));
    ObjectNode answer =
        cluster
            .tokens()
            .answer(
                Trees.text(pod, "metadata", "namespace"),
                Trees.text(pod, "spec", "serviceAccountName"),
                request);
    write(place.resolve(Trees.text(source, "path")), Trees.text(answer, "status", "token"));
    agenda.after(Duration.ofSeconds(seconds * 4 / 5), () -> refresh(place, source));
  }

  private void refresh(Path place, JsonNode source) {
    if (PodStatus.of(cluster, pod).isWanted() && Files.isDirectory(place)) {
      try {
        writeToken(place, source);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /// Readers see the old contents or the new ones, never half of them.
  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Path beside = file.resolveSibling("." + file.getFileName() + ".new");
    Files.writeString(beside, text);
    Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /// Takes the folder away, with the tokens in it.
  void remove() {
    try {
      Folders.delete(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
