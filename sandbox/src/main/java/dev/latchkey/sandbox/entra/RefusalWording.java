// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.entra;

/// What Entra ID answers for each [Refusal]: error, AADSTS number, status and sentence.
///
/// Sentences and statuses are those of recorded or publicly quoted answers. For one cause Azure
/// answers differently over the years, see [Era].
///
/// @param number of the AADSTS code
/// @param text without the code in front and the trace behind
record RefusalWording(int status, String error, int number, String text) {

  static RefusalWording of(Refusal refusal, Era era) {
    return switch (refusal) {
      case Refusal.OfRequest asked -> RequestWording.of(asked);
      case Refusal.OfScope asked -> RequestWording.of(asked);
      case Refusal.OfDevice asked -> RequestWording.of(asked);
      case Refusal.OfSecret proof -> ClientWording.of(proof);
      case Refusal.OfAssertion proof -> ClientWording.of(proof, era);
      case Refusal.OfCertificate proof -> ClientWording.of(proof, era);
      case Refusal.OfFederation proof -> FederationWording.of(proof, era);
    };
  }

  static RefusalWording request(int number, String text) {
    return new RefusalWording(400, "invalid_request", number, text);
  }

  static RefusalWording client(int number, String text) {
    return new RefusalWording(401, "invalid_client", number, text);
  }
}
