// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.kubernetes.workload;

import dev.latchkey.kubernetes.access.ApiServers.Opened;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.function.Function;

/// Looks at a chart's hooks that failed, as soon as Helm has given up: events and pods do not stay.
public final class HookLook {
  private HookLook() {}

  /// An object that Helm runs before or after it writes the others.
  public record Hook(String kind, String name) {
    /// Whether it makes pods of its own.
    public boolean isJob() {
      return kind.equals("Job");
    }
  }

  /// What the cluster shows of these hooks, one thing a line. Who may not look sees less.
  public static List<String> at(Opened server, String namespace, List<Hook> hooks) {
    if (hooks.isEmpty()) {
      return List.of();
    }
    var picture =
        new HookPicture(
            seen(
                server,
                client -> client.batch().v1().jobs().inNamespace(namespace).list().getItems()),
            seen(server, client -> client.pods().inNamespace(namespace).list().getItems()),
            seen(server, client -> client.v1().events().inNamespace(namespace).list().getItems())
                .stream()
                .filter(Warnings::isWarning)
                .toList());
    return hooks.stream().flatMap(hook -> picture.lines(hook).stream()).toList();
  }

  private static <T> List<T> seen(Opened server, Function<KubernetesClient, List<T>> list) {
    try {
      return server.ask(() -> list.apply(server.client()));
    } catch (KubernetesClientException e) {
      return List.of(); // Helm's own words are told in any case
    }
  }
}
