// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.port;

import dev.latchkey.core.resource.ObservedCluster.SignIn;
import dev.latchkey.core.resource.ResourceId;
import java.util.function.Function;

/// A kubeconfig as Azure handed it out. Never shown, never written but to a private file that is
/// removed.
public final class Kubeconfig {
  private final ResourceId cluster;
  private final SignIn signIn;
  private final String yaml;

  /// Wraps the YAML text.
  public Kubeconfig(ResourceId cluster, SignIn signIn, String yaml) {
    this.cluster = cluster;
    this.signIn = signIn;
    this.yaml = yaml;
  }

  /// The cluster that it opens.
  public ResourceId cluster() {
    return cluster;
  }

  /// Whether it holds what is needed to sign in, or an Entra token has to be added.
  public SignIn signIn() {
    return signIn;
  }

  /// Hands the YAML text to the one that reads it.
  public <T> T use(Function<String, T> reader) {
    return reader.apply(yaml);
  }

  @Override
  public String toString() {
    return "Kubeconfig[hidden]";
  }
}
