// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.identity;

import java.util.List;

/// The federated credentials as Entra sees them.
public interface Credentials {
  /// Those of an identity that Entra honours or will honour, deleted ones until their date. Ask
  /// [Credential#honouredAt] before trusting one.
  List<Credential> of(String identityId);
}
