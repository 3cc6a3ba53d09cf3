// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.cluster;

import dev.latchkey.sandbox.access.Directory;
import dev.latchkey.sandbox.access.Principal;
import dev.latchkey.sandbox.arm.Call;
import dev.latchkey.sandbox.arm.Stored;
import dev.latchkey.sandbox.message.Answer;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Why AKS refuses what the body of a PUT asks for; nothing where it does not.
record Wish(Situations situations, Directory directory, String tenantId) {
  private static final String VALID_NAME = "[a-zA-Z0-9]$|[a-zA-Z0-9][-_a-zA-Z0-9]{0,61}[a-zA-Z0-9]";
  private static final String ISSUER = "oidcIssuerProfile";
  private static final String ISSUER_FEATURE = "EnableOIDCIssuerPreview";

  /// Members of a cluster that stay for its life.
  private static final List<String> FIXED =
      List.of("dnsPrefix", "fqdnSubdomain", "nodeResourceGroup");

  Optional<Answer> refusal(Call call, Optional<Stored> before) {
    ObjectNode body = call.body();
    if (!call.target().name().matches(VALID_NAME)) {
      return refused(
          400,
          "InvalidResourceName",
          "The name of the managed cluster '%s' is invalid.".formatted(call.target().name()));
    }
    if (body.path("location").asString("").isBlank()) {
      return refused(
          400, "LocationRequired", "The location property is required for this definition.");
    }
    return feature(call)
        .or(() -> before.isEmpty() ? beginning(call) : Optional.empty())
        .or(() -> before.flatMap(cluster -> changesForbidden(body, cluster.tree())))
        .or(() -> webhookWithoutIssuer(body, before));
  }

  /// Until 2022-09-01 the issuer was a preview that a subscription had to be given.
  private Optional<Answer> feature(Call call) {
    boolean wanted = call.body().path("properties").path(ISSUER).path("enabled").asBoolean(false);
    boolean preview = !ApiVersion.of(call).since("2022-09-01");
    return wanted
            && preview
            && situations.isWithheld(call.target().subscription().orElse(""), ISSUER_FEATURE)
        ? refused(
            400,
            "OIDCIssuerFeatureFlagNotEnabled",
            "Enabling OIDC issuer is not allowed since feature 'Microsoft.ContainerService/%s' is not enabled. Please see https://aka.ms/aks/previews for how to enable features."
                .formatted(ISSUER_FEATURE))
        : Optional.empty();
  }

  private Optional<Answer> beginning(Call call) {
    JsonNode properties = call.body().path("properties");
    if (properties.path("agentPoolProfiles").isEmpty()) {
      return refused(
          400, "InvalidParameter", "Required parameter agentPoolProfiles is missing (null).");
    }
    return servicePrincipal(call, properties.path("servicePrincipalProfile"));
  }

  /// With a secret the cluster signs in as the application, which the directory must know.
  private Optional<Answer> servicePrincipal(Call call, JsonNode profile) {
    String client = profile.path("clientId").asString("");
    boolean known =
        directory
            .byClientId(client)
            .map(Principal::visibleFrom)
            .filter(visible -> !call.now().isBefore(visible))
            .isPresent();
    return known || !profile.path("secret").isString()
        ? Optional.empty()
        : refused(
            400,
            "ServicePrincipalNotFound",
            "Service principal clientID: %s not found in Active Directory tenant %s, Please see https://aka.ms/aks-sp-help for more details."
                .formatted(client, tenantId));
  }

  private Optional<Answer> changesForbidden(ObjectNode body, ObjectNode tree) {
    JsonNode wanted = body.path("properties");
    JsonNode profile = wanted.path(ISSUER);
    if (ClusterShape.issues(tree)
        && profile.has("enabled")
        && !profile.path("enabled").asBoolean(false)) {
      return refused(
          400, "OIDCIssuerFeatureCannotBeDisabled", "OIDC issuer feature cannot be disabled.");
    }
    if (!body.path("location").asString("").equalsIgnoreCase(tree.path("location").asString(""))) {
      return changed("location");
    }
    return FIXED.stream()
        .filter(member -> differs(wanted.path(member), tree.path("properties").path(member)))
        .findFirst()
        .flatMap(this::changed)
        .or(() -> network(wanted.path("networkProfile"), tree.path("properties")));
  }

  private static boolean differs(JsonNode wanted, JsonNode there) {
    return wanted.isString() && !wanted.asString().equals(there.asString(""));
  }

  private Optional<Answer> network(JsonNode wanted, JsonNode properties) {
    return List.of("serviceCidr", "dnsServiceIP").stream()
        .filter(
            member ->
                properties.path("networkProfile").has(member)
                    && differs(wanted.path(member), properties.path("networkProfile").path(member)))
        .findFirst()
        .flatMap(member -> changed("networkProfile." + member));
  }

  private Optional<Answer> changed(String property) {
    return Optional.of(
        AksError.about(
            situations.release(),
            400,
            "PropertyChangeNotAllowed",
            "Changing property '%s' is not allowed.".formatted(property),
            property));
  }

  private Optional<Answer> webhookWithoutIssuer(ObjectNode body, Optional<Stored> before) {
    JsonNode profile = body.path("properties").path(ISSUER);
    boolean issues =
        profile.has("enabled")
            ? profile.path("enabled").asBoolean(false)
            : before.map(cluster -> ClusterShape.issues(cluster.tree())).orElse(true);
    return ClusterShape.hasWebhook(body) && !issues
        ? refused(
            400,
            "BadRequest",
            "Azure AD Workload Identity requires OIDC issuer. Please see https://aka.ms/aks/wi for details.")
        : Optional.empty();
  }

  private Optional<Answer> refused(int status, String code, String message) {
    return Optional.of(AksError.of(situations.release(), status, code, message));
  }
}
