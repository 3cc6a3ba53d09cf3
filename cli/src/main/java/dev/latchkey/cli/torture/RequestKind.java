// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.torture;

import dev.latchkey.sandbox.message.Ask;
import dev.latchkey.sandbox.message.Origin;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A method and the type of what it is about, such as `PUT managedClusters`.
record RequestKind(String words) implements Comparable<RequestKind> {
  private static final Pattern IN_CLUSTER =
      Pattern.compile(
          "/api(?:s/[^/]+)?/[^/]+/(?:namespaces/[^/]+/)?([a-z]+)(?:/[^/]+)?(?:/token)?");

  static RequestKind of(Ask ask) {
    String about =
        switch (ask.origin()) {
          case Origin.Vault _ -> "secrets of the vault";
          case Origin.Cluster _ -> inCluster(ask);
          case Origin.Front() -> inAzure(ask.path());
        };
    return new RequestKind(ask.method() + " " + about);
  }

  private static String inCluster(Ask ask) {
    Matcher object = IN_CLUSTER.matcher(ask.path());
    return object.matches() ? object.group(1) + " in a cluster" : "what a cluster serves";
  }

  private static String inAzure(String path) {
    int provider = path.toLowerCase(Locale.ROOT).lastIndexOf("/providers/");
    if (provider >= 0) {
      String[] words = path.substring(provider).split("/", -1);
      int type = words.length % 2 == 0 ? words.length - 1 : words.length - 2;
      return words[type].toLowerCase(Locale.ROOT);
    }
    if (path.endsWith("/token")) {
      return "tokens";
    }
    return path.startsWith("/metadata/") ? "endpoints" : "documents of an issuer";
  }

  @Override
  public int compareTo(RequestKind other) {
    return words.compareTo(other.words);
  }

  @Override
  public String toString() {
    return words;
  }
}
