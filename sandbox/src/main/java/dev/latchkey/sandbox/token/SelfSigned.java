// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.RSAKey;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// Certificates that a key signs for itself, as Entra ID wraps its signing keys and applications
/// register theirs.
public final class SelfSigned {
  private SelfSigned() {}

  /// A certificate of this name, good from one moment to the other. The same inputs give the same
  /// bytes.
  public static X509Certificate of(RSAKey key, String name, Instant from, Instant until) {
    var subject = new X500Principal("CN=" + name);
    try {
      var builder =
          new JcaX509v3CertificateBuilder(
              subject,
              BigInteger.ONE,
              Date.from(from),
              Date.from(until),
              subject,
              key.toRSAPublicKey());
      var signer = new JcaContentSignerBuilder("SHA256withRSA").build(key.toRSAPrivateKey());
      return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
    } catch (GeneralSecurityException | JOSEException | OperatorCreationException e) {
      throw new IllegalStateException("an RSA key of ours signs", e);
    }
  }
}
