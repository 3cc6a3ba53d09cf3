// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.trust;

import dev.latchkey.core.resource.Token;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a service account's token says of itself. Nothing is verified: that is Entra's part.
///
/// @param issuer the `iss` claim, character by character
/// @param subject the `sub` claim
public record TokenClaims(String issuer, String subject) {
  // Two flat text claims of a token that the API server made: no JSON library is worth it here.
  private static final Pattern ISSUER = claim("iss");
  private static final Pattern SUBJECT = claim("sub");

  /// Reads the claims; empty when the token has not the form of a JSON web token.
  public static Optional<TokenClaims> of(Token token) {
    return token.use(TokenClaims::read);
  }

  private static Optional<TokenClaims> read(String text) {
    String[] parts = text.split("\\.", -1);
    if (parts.length != 3) {
      return Optional.empty();
    }
    try {
      String payload = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
      Matcher issuer = ISSUER.matcher(payload);
      Matcher subject = SUBJECT.matcher(payload);
      return issuer.find() && subject.find()
          ? Optional.of(new TokenClaims(plain(issuer.group(1)), plain(subject.group(1))))
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Pattern claim(String name) {
    return Pattern.compile("\"" + name + "\"\\s*:\\s*\"([^\"]*)\"");
  }

  private static String plain(String json) {
    return json.replace("\\/", "/");
  }
}
