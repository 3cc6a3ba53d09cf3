// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.premise;

/// What is wrong with the federated credentials that trust a cluster, or with their identity.
public enum IdentityPremise implements Premise {
  /// Entra ID compares issuers character by character.
  ISSUER_WITHOUT_SLASH("the federated credential names the issuer without the slash at its end"),
  /// Another service account of the same namespace.
  WRONG_SUBJECT("the federated credential trusts another service account"),
  /// Entra ID compares subjects with regard to case.
  WRONG_SUBJECT_CASE("the federated credential writes the subject with a capital letter"),
  /// That of another cloud.
  WRONG_AUDIENCE("the federated credential is for the audience of another cloud"),
  /// Two fleets that share an identity and the name of its credential.
  CREDENTIAL_OVERWRITTEN("another cluster's deployment has overwritten the federated credential"),
  /// The same name, another principal and client id.
  IDENTITY_RECREATED("the managed identity was deleted and made again, with a new principal");

  private final String explanation;

  IdentityPremise(String explanation) {
    this.explanation = explanation;
  }

  @Override
  public String explanation() {
    return explanation;
  }
}
