// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.issuer;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.latchkey.sandbox.token.Keys;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;

/// The identity provider of the pipeline that deploys, as Azure DevOps is one for a service
/// connection: it says who runs, and Entra ID exchanges that for a token.
///
/// @param issuer without a slash at the end, as Azure DevOps has it
public record PipelineIssuer(String issuer, Keys keys) {
  /// What the assertions are made for, one value in all clouds.
  public static final String AUDIENCE = "api://AzureADTokenExchange";

  String keyName() {
    return "pipeline:" + issuer;
  }

  /// An assertion that the given subject runs, good for `life` from now.
  public String assertion(String subject, Instant now, Duration life) {
    return keys.sign(
        keyName(),
        new JWTClaimsSet.Builder()
            .issuer(issuer)
            .subject(subject)
            .audience(AUDIENCE)
            .issueTime(Date.from(now))
            .notBeforeTime(Date.from(now))
            .expirationTime(Date.from(now.plus(life)))
            .build());
  }
}
