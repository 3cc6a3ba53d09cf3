// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.entra;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// An app registration with its service principal.
///
/// @param clientId what signs in
/// @param objectId of its service principal, which role assignments name
/// @param secrets client secrets that were registered
/// @param certificates whose keys may sign the application's own assertions
/// @param trusts its federated credentials
public record Application(
    String clientId,
    String objectId,
    String displayName,
    List<ClientSecret> secrets,
    List<X509Certificate> certificates,
    List<Trusts.Trust> trusts) {

  /// A client secret and the moment from which it is refused.
  public record ClientSecret(String value, Instant until) {
    @Override
    public String toString() {
      return "ClientSecret[hidden, until " + until + "]";
    }
  }

  public Application {
    secrets = List.copyOf(secrets);
    certificates = List.copyOf(certificates);
    trusts = List.copyOf(trusts);
  }

  /// An application without certificates whose secrets never end.
  public Application(
      String clientId,
      String objectId,
      String displayName,
      List<String> secrets,
      List<Trusts.Trust> trusts) {
    this(
        clientId,
        objectId,
        displayName,
        secrets.stream().map(value -> new ClientSecret(value, Instant.MAX)).toList(),
        List.of(),
        trusts);
  }

  /// The same application with one more certificate.
  public Application with(X509Certificate certificate) {
    var more = new ArrayList<>(certificates);
    more.add(certificate);
    return new Application(clientId, objectId, displayName, secrets, more, trusts);
  }

  @Override
  public String toString() {
    return "Application[" + displayName + ", " + clientId + "]";
  }
}
