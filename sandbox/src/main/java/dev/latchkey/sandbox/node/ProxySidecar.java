// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.node;

import dev.latchkey.sandbox.schema.Trees;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The containers that the webhook adds to a pod that asks for the proxy, which serves libraries of
/// the time of pod identities.
///
/// The sandbox shows them; its real pods do not run them.
final class ProxySidecar {
  static final String ANNOTATION = Webhook.PREFIX + "inject-proxy-sidecar";
  private static final String PORT = Webhook.PREFIX + "proxy-sidecar-port";
  private static final long STANDARD_PORT = 8000;
  private static final String INIT = "azwi-proxy-init";
  private static final String PROXY = "azwi-proxy";
  private static final String IMAGES = "mcr.microsoft.com/oss/v2/azure/workload-identity/";
  private static final String VERSION = ":v1.5.1";

  /// From this minor version on, a sidecar is an init container that goes on running.
  private static final int NATIVE_FROM = 32;

  private ProxySidecar() {}

  static void inject(ObjectNode pod, String kubernetesVersion) {
    if (Trees.at(pod, "spec", "hostNetwork").booleanValue(false)) {
      throw Webhook.refuse("hostNetwork is set to true, cannot inject proxy sidecar");
    }
    String said = Trees.text(pod, "metadata", "annotations", PORT);
    long port = said.isEmpty() ? STANDARD_PORT : Webhook.number(said);
    ObjectNode spec = Trees.child(pod, "spec");
    ArrayNode first = Trees.list(spec, "initContainers");
    if (lacks(first, INIT)) {
      first.add(init(port));
    }
    boolean isNative = minor(kubernetesVersion) >= NATIVE_FROM;
    ArrayNode home = isNative ? first : Trees.list(spec, "containers");
    if (lacks(home, PROXY)) {
      ObjectNode proxy = proxy(port);
      if (isNative) {
        proxy.put("restartPolicy", "Always");
      }
      home.insert(0, proxy);
    }
  }

  private static int minor(String version) {
    return Integer.parseInt(version.split("\\.", -1)[1]);
  }

  private static boolean lacks(ArrayNode containers, String name) {
    return Trees.items(containers).stream()
        .noneMatch(each -> Trees.text(each, "name").equals(name));
  }

  private static ObjectNode init(long port) {
    ObjectNode container =
        Trees.read(
            """
            {'imagePullPolicy':'IfNotPresent','securityContext':{'privileged':true,
              'runAsNonRoot':false,'runAsUser':0,
              'capabilities':{'add':['NET_ADMIN'],'drop':['ALL']}}}
            """);
    container.put("name", INIT).put("image", IMAGES + "proxy-init" + VERSION);
    container
        .putArray("env")
        .addObject()
        .put("name", "PROXY_PORT")
        .put("value", Long.toString(port));
    return container;
  }

  private static ObjectNode proxy(long port) {
    ObjectNode container =
        Trees.read(
            """
            {'imagePullPolicy':'IfNotPresent','args':['--proxy-port=PORT','--log-level=info'],
             'ports':[{'containerPort':PORT}],
             'lifecycle':{'postStart':{'exec':{'command':
               ['/proxy','--proxy-port=PORT','--probe','--log-level=info']}}},
             'securityContext':{'allowPrivilegeEscalation':false,'privileged':false,
               'readOnlyRootFilesystem':true,'runAsNonRoot':true,'capabilities':{'drop':['ALL']}}}
            """
                .replace("PORT", Long.toString(port)));
    return container.put("name", PROXY).put("image", IMAGES + "proxy" + VERSION);
  }
}
