// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.server;

import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// A certificate authority of the sandbox's own, with EC P-256 keys (RSA keys take too long).
///
/// It lives as long as the sandbox; its private key never leaves the process.
final class CertificateAuthority {
  /// Of the trust store, which holds no secret: PKCS 12 files have a password all the same.
  static final String STORE_PASSWORD = "sandbox";

  private static final Duration LIFE = Duration.ofDays(3650);
  private static final Duration LEAF_LIFE = Duration.ofDays(820);
  private static final char[] NO_PASSWORD = {};

  private final InstantSource clock;
  private final X500Principal name;
  private final KeyPair keys;
  private final X509Certificate certificate;

  /// A certificate and its private key.
  record Leaf(X509Certificate certificate, PrivateKey key) {
    String certificatePem() throws GeneralSecurityException {
      return pem("CERTIFICATE", certificate.getEncoded());
    }

    String keyPem() {
      return pem("PRIVATE KEY", key.getEncoded());
    }

    @Override
    public String toString() {
      return "Leaf[" + certificate.getSubjectX500Principal() + "]";
    }
  }

  CertificateAuthority(String commonName, InstantSource clock) {
    this.clock = clock;
    this.name = new X500Principal("CN=" + commonName);
    this.keys = newKeys();
    this.certificate =
        signed(
            name,
            keys,
            LIFE,
            List.of(
                new Part(Extension.basicConstraints, new BasicConstraints(true)),
                new Part(
                    Extension.keyUsage, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign))));
  }

  private record Part(ASN1ObjectIdentifier kind, ASN1Encodable value) {}

  /// The certificate that clients must trust.
  String pem() {
    try {
      return pem("CERTIFICATE", certificate.getEncoded());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a certificate of ours can be encoded", e);
    }
  }

  private static String pem(String kind, byte[] bytes) {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
    return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(kind, body);
  }

  /// A client certificate; an organisation is a group to Kubernetes.
  Leaf client(String commonName, String organisation) {
    KeyPair pair = newKeys();
    var subject = new X500Principal("CN=" + commonName + ", O=" + organisation);
    return new Leaf(
        signed(
            subject,
            pair,
            LEAF_LIFE,
            List.of(
                new Part(
                    Extension.extendedKeyUsage,
                    new ExtendedKeyUsage(KeyPurposeId.id_kp_clientAuth)))),
        pair.getPrivate());
  }

  /// TLS for a server of these DNS names and addresses; certificates of clients are believed when
  /// this authority made them.
  SSLContext server(List<String> dnsNames, List<String> addresses) {
    try {
      KeyPair pair = newKeys();
      GeneralName[] names =
          Stream.concat(
                  dnsNames.stream().map(dns -> new GeneralName(GeneralName.dNSName, dns)),
                  addresses.stream().map(ip -> new GeneralName(GeneralName.iPAddress, ip)))
              .toArray(GeneralName[]::new);
      X509Certificate leaf =
          signed(
              new X500Principal("CN=" + dnsNames.getFirst()),
              pair,
              LEAF_LIFE,
              List.of(
                  new Part(Extension.subjectAlternativeName, new GeneralNames(names)),
                  new Part(
                      Extension.extendedKeyUsage,
                      new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth))));
      var identity = new OneIdentity(pair.getPrivate(), leaf, certificate);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(new KeyManager[] {identity}, trust().getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("every Java platform serves TLS", e);
    }
  }

  /// TLS for a client that trusts this authority and no other.
  SSLContext client() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust().getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("every Java platform speaks TLS", e);
    }
  }

  /// Writes a PKCS 12 trust store with this authority's certificate, for JVMs.
  void writeTrustStore(Path file) throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      trustStore().store(out, STORE_PASSWORD.toCharArray());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform writes PKCS 12", e);
    }
  }

  private KeyStore trustStore() throws GeneralSecurityException, IOException {
    KeyStore store = emptyStore();
    store.setCertificateEntry("sandbox", certificate);
    return store;
  }

  private TrustManagerFactory trust() throws GeneralSecurityException, IOException {
    var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trustStore());
    return trust;
  }

  private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, NO_PASSWORD);
    return store;
  }

  private static KeyPair newKeys() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform makes P-256 keys", e);
    }
  }

  private X509Certificate signed(
      X500Principal subject, KeyPair pair, Duration life, List<Part> parts) {
    try {
      var utils = new JcaX509ExtensionUtils();
      X509v3CertificateBuilder builder =
          new JcaX509v3CertificateBuilder(
                  name,
                  new BigInteger(UUID.randomUUID().toString().replace("-", ""), 16),
                  Date.from(clock.instant().minus(Duration.ofDays(1))),
                  Date.from(clock.instant().plus(life)),
                  subject,
                  pair.getPublic())
              .addExtension(
                  Extension.subjectKeyIdentifier,
                  false,
                  utils.createSubjectKeyIdentifier(pair.getPublic()))
              .addExtension(
                  Extension.authorityKeyIdentifier,
                  false,
                  utils.createAuthorityKeyIdentifier(keys.getPublic()));
      addAll(builder, parts);
      return new JcaX509CertificateConverter()
          .getCertificate(
              builder.build(
                  new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())));
    } catch (GeneralSecurityException | CertIOException | OperatorCreationException e) {
      throw new IllegalStateException("a certificate of ours can be made", e);
    }
  }

  private static void addAll(X509v3CertificateBuilder builder, List<Part> parts)
      throws CertIOException {
    for (Part part : parts) {
      boolean critical =
          part.kind().equals(Extension.basicConstraints) || part.kind().equals(Extension.keyUsage);
      builder.addExtension(part.kind(), critical, part.value());
    }
  }
}
