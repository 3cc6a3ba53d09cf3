// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.server;

import dev.latchkey.sandbox.clock.Seed;
import dev.latchkey.sandbox.entra.Application;
import dev.latchkey.sandbox.entra.Trusts.Trust;
import dev.latchkey.sandbox.issuer.PipelineIssuer;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// The app registrations that a sandbox begins with.
///
/// The pipeline's has a federated credential and no secret. The operator's has a client secret, as
/// whoever sets up Azure by hand may have; it owns the subscriptions.
final class Registrations {
  static final String PIPELINE_SUBJECT = "sc://sandbox/fleet/sp-pipeline";
  private static final int SECRET_DIGITS = 40;

  private final PipelineIssuer pipeline;
  private final String operatorSecret;

  Registrations(PipelineIssuer pipeline, Seed seed) {
    this.pipeline = pipeline;
    this.operatorSecret = seed.hex("client secret", DefaultFleet.OPERATOR_CLIENT, SECRET_DIGITS);
  }

  List<Application> all() {
    return List.of(pipeline(), operator());
  }

  private Application pipeline() {
    var trust =
        new Trust(
            "pipeline",
            pipeline.issuer(),
            PIPELINE_SUBJECT,
            PipelineIssuer.AUDIENCE,
            Instant.EPOCH);
    return new Application(
        DefaultFleet.PIPELINE_CLIENT,
        DefaultFleet.PIPELINE_OBJECT,
        "sp-pipeline",
        List.of(),
        List.of(trust));
  }

  private Application operator() {
    return new Application(
        DefaultFleet.OPERATOR_CLIENT,
        DefaultFleet.OPERATOR_OBJECT,
        "sp-operator",
        List.of(operatorSecret),
        List.of());
  }

  /// By which the operator signs in with `az` or an Azure SDK.
  Map<String, String> operatorVariables() {
    return Map.of(
        "AZURE_CLIENT_ID", DefaultFleet.OPERATOR_CLIENT, "AZURE_CLIENT_SECRET", operatorSecret);
  }
}
