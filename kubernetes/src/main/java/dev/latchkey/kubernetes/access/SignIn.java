// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.kubernetes.access;

import dev.latchkey.core.resource.Token;

/// How a kubeconfig lets us in.
sealed interface SignIn {
  /// By a client certificate that stands in it.
  record Certificate(ClientCertificate certificate) implements SignIn {}

  /// By a token that stands in it.
  record StaticToken(Token token) implements SignIn {}

  /// By an Entra token of our own; the kubeconfig only names a program that would fetch one.
  record Entra() implements SignIn {}
}
