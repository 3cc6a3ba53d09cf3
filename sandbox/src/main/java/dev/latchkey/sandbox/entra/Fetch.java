// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.entra;

import java.io.IOException;
import java.net.URI;

/// How Entra ID reads the documents of an issuer that it does not know itself.
public interface Fetch {
  /// The body of a 200 answer; everything else is an [IOException].
  String read(URI url) throws IOException;
}
