// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.trust;

import dev.latchkey.core.problem.AzureAnswer;
import dev.latchkey.core.problem.Problem;
import dev.latchkey.core.problem.Text;
import dev.latchkey.core.resource.ClusterName;
import dev.latchkey.core.resource.Issuer;
import dev.latchkey.core.resource.SecretName;
import dev.latchkey.core.resource.ServiceAccount;
import java.util.List;
import java.util.Optional;

/// A broken hop of the trust chain.
public sealed interface ChainProblem extends Problem {
  /// No pod uses the service account.
  record NoPod(ClusterName cluster, ServiceAccount account) implements ChainProblem {}

  /// The pod lacks the label that the webhook looks for.
  record PodWithoutLabel(ClusterName cluster, String pod) implements ChainProblem {}

  /// The pod has the label, but nothing was injected.
  ///
  /// @param missing names of variables, or `a token for api://AzureADTokenExchange`
  record PodNotMutated(ClusterName cluster, String pod, List<String> missing)
      implements ChainProblem {}

  /// The pod signs in as another identity.
  record PodOfOtherIdentity(ClusterName cluster, String pod, String wanted, String seen)
      implements ChainProblem {}

  /// The service account does not name the identity.
  ///
  /// @param seen what its annotation says; empty when it has none
  record AccountOfOtherIdentity(
      ClusterName cluster, ServiceAccount account, String wanted, String seen)
      implements ChainProblem {}

  /// The API server issues tokens of another issuer than ARM reports.
  record TokenOfOtherIssuer(ClusterName cluster, Issuer ofCluster, String ofToken)
      implements ChainProblem {}

  /// The identity has no credential of ours.
  record CredentialMissing(ClusterName cluster, String identity, String credential)
      implements ChainProblem {}

  /// The credential trusts another issuer than the cluster has.
  ///
  /// @param refusal what Entra said to the token, if it was asked
  record IssuerDiffers(
      ClusterName cluster,
      String credential,
      Issuer ofCluster,
      Issuer ofCredential,
      Optional<AzureAnswer> refusal)
      implements ChainProblem {}

  /// The credential trusts another service account.
  record SubjectDiffers(
      ClusterName cluster,
      String credential,
      String ofAccount,
      String ofCredential,
      Optional<AzureAnswer> refusal)
      implements ChainProblem {}

  /// The credential is meant for another audience.
  record AudienceDiffers(
      ClusterName cluster, String credential, String seen, Optional<AzureAnswer> refusal)
      implements ChainProblem {}

  /// Entra refuses the token though the credential looks right.
  ///
  /// @param attempts how often it was asked
  record ExchangeRefused(ClusterName cluster, String identity, int attempts, AzureAnswer refusal)
      implements ChainProblem {}

  /// Key Vault refuses a declared secret.
  record SecretUnreadable(
      ClusterName cluster, String vault, SecretName secret, int attempts, AzureAnswer refusal)
      implements ChainProblem {}

  /// The identity may read the secret, but it is not there.
  record SecretMissing(ClusterName cluster, String vault, SecretName secret, AzureAnswer refusal)
      implements ChainProblem {}

  /// The identity may read more than what was declared.
  ///
  /// @param because the role assignments that allow it, as far as they were seen
  record OverPrivileged(ClusterName cluster, String identity, String vault, List<String> because)
      implements ChainProblem {}

  /// The identity accepts another cluster's token.
  record ForeignTokenAccepted(ClusterName cluster, String identity, ClusterName other)
      implements ChainProblem {}

  @Override
  default String code() {
    return switch (this) {
      case NoPod _ -> "no-pod";
      case PodWithoutLabel _ -> "pod-without-label";
      case PodNotMutated _ -> "pod-not-mutated";
      case PodOfOtherIdentity _ -> "pod-of-other-identity";
      case AccountOfOtherIdentity _ -> "service-account-of-other-identity";
      case TokenOfOtherIssuer _ -> "token-of-other-issuer";
      case CredentialMissing _ -> "credential-missing";
      case IssuerDiffers _ -> "issuer-differs";
      case SubjectDiffers _ -> "subject-differs";
      case AudienceDiffers _ -> "audience-differs";
      case ExchangeRefused _ -> "exchange-refused";
      case SecretUnreadable _ -> "secret-unreadable";
      case SecretMissing _ -> "secret-missing";
      case OverPrivileged _ -> "over-privileged";
      case ForeignTokenAccepted _ -> "foreign-token-accepted";
    };
  }

  @Override
  default Optional<AzureAnswer> answer() {
    return switch (this) {
      case IssuerDiffers p -> p.refusal();
      case SubjectDiffers p -> p.refusal();
      case AudienceDiffers p -> p.refusal();
      case ExchangeRefused p -> Optional.of(p.refusal());
      case SecretUnreadable p -> Optional.of(p.refusal());
      case SecretMissing p -> Optional.of(p.refusal());
      case NoPod _,
          PodWithoutLabel _,
          PodNotMutated _,
          PodOfOtherIdentity _,
          AccountOfOtherIdentity _,
          TokenOfOtherIssuer _,
          CredentialMissing _,
          OverPrivileged _,
          ForeignTokenAccepted _ ->
          Optional.empty();
    };
  }

  @Override
  default Text text() {
    return ChainWording.of(this);
  }
}
