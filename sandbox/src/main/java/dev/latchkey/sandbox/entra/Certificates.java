// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.entra;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import dev.latchkey.sandbox.entra.Refusal.CertificateExpired;
import dev.latchkey.sandbox.entra.Refusal.CertificateMismatch;
import dev.latchkey.sandbox.entra.Refusal.CertificateUnknown;
import dev.latchkey.sandbox.entra.Refusal.OtherAudience;
import dev.latchkey.sandbox.entra.Refusal.OtherClient;
import dev.latchkey.sandbox.entra.Refusal.ThumbprintMissing;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// The check of an assertion that an application signed with a certificate of its own.
///
/// @param audiences what such an assertion may be made for: the tenant's own addresses
/// @see <a href="https://learn.microsoft.com/entra/identity-platform/certificate-credentials">the
///   form</a>
record Certificates(Set<String> audiences) {
  Certificates {
    audiences = Set.copyOf(audiences);
  }

  /// The audiences of a tenant.
  static Certificates of(String login, String tenant) {
    String base = login + "/" + tenant;
    return new Certificates(
        Set.of(
            base,
            base + "/",
            base + "/v2.0",
            base + "/oauth2/token",
            base + "/oauth2/v2.0/token",
            "https://sts.windows.net/" + tenant + "/"));
  }

  void check(Application application, Assertion assertion, Instant now) throws Refused {
    X509Certificate certificate = named(application, assertion.signed().getHeader());
    checkSignature(certificate, assertion, now);
    if (!assertion.subject().equalsIgnoreCase(application.clientId())) {
      throw new Refused(new OtherClient());
    }
    if (assertion.audiences().stream().noneMatch(this::isOurs)) {
      throw new Refused(new OtherAudience());
    }
    assertion.checkTime(now);
  }

  private boolean isOurs(String audience) {
    return audiences.stream().anyMatch(audience::equalsIgnoreCase);
  }

  private static X509Certificate named(Application application, JWSHeader header) throws Refused {
    List<String> names = names(header);
    if (names.isEmpty()) {
      throw new Refused(new ThumbprintMissing());
    }
    for (X509Certificate certificate : application.certificates()) {
      if (names.contains(thumbprint(certificate, "SHA-1"))
          || names.contains(thumbprint(certificate, "SHA-256"))) {
        return certificate;
      }
    }
    throw new Refused(
        new CertificateUnknown(hexadecimal(names.getFirst()), application.clientId()));
  }

  /// The thumbprints of the header: `x5t`, `x5t#S256`, and `kid`, in which some write one.
  @SuppressWarnings("deprecation") // clients send x5t, the SHA-1 thumbprint, and Entra takes it
  private static List<String> names(JWSHeader header) {
    var names = new ArrayList<String>();
    if (header.getX509CertThumbprint() != null) {
      names.add(header.getX509CertThumbprint().toString());
    }
    if (header.getX509CertSHA256Thumbprint() != null) {
      names.add(header.getX509CertSHA256Thumbprint().toString());
    }
    if (header.getKeyID() != null) {
      names.add(fromHexadecimal(header.getKeyID()));
    }
    return names;
  }

  private static void checkSignature(X509Certificate certificate, Assertion assertion, Instant now)
      throws Refused {
    Instant from = certificate.getNotBefore().toInstant();
    Instant until = certificate.getNotAfter().toInstant();
    String thumbprint = hexadecimal(thumbprint(certificate, "SHA-1"));
    if (now.isAfter(until)) {
      throw new Refused(new CertificateExpired(thumbprint, from, until));
    }
    if (!verifies(certificate, assertion)) {
      throw new Refused(new CertificateMismatch(thumbprint, from, until));
    }
  }

  private static boolean verifies(X509Certificate certificate, Assertion assertion) {
    try {
      return certificate.getPublicKey() instanceof RSAPublicKey key
          && assertion.signed().verify(new RSASSAVerifier(key));
    } catch (JOSEException e) {
      return false;
    }
  }

  /// The base64 form that headers of tokens carry.
  static String thumbprint(X509Certificate certificate, String digest) {
    try {
      byte[] hash = MessageDigest.getInstance(digest).digest(certificate.getEncoded());
      return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
    } catch (NoSuchAlgorithmException | CertificateEncodingException e) {
      throw new IllegalStateException("a parsed certificate has both thumbprints", e);
    }
  }

  private static String hexadecimal(String thumbprint) {
    try {
      return HexFormat.of()
          .formatHex(Base64.getUrlDecoder().decode(thumbprint))
          .toUpperCase(Locale.ROOT);
    } catch (IllegalArgumentException e) {
      return thumbprint;
    }
  }

  private static String fromHexadecimal(String keyId) {
    return keyId.matches("([0-9a-fA-F]{40}|[0-9a-fA-F]{64})")
        ? Base64.getUrlEncoder().withoutPadding().encodeToString(HexFormat.of().parseHex(keyId))
        : keyId;
  }
}
