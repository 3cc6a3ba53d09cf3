// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.gate;

import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;

import dev.latchkey.core.problem.AzureAnswer;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;

/// One delay of Azure's: how it shows, how long it usually takes, and when it becomes a failure.
///
/// The figures here are the defaults, with their sources in `docs/azure-lags.md`; a run reads them
/// from [Limits].
public enum Lag {
  /// The directory does not know a new identity yet: role assignments are refused.
  PRINCIPAL_NOT_YET_FOUND(
      "the directory does not know the new identity yet",
      Set.of("PrincipalNotFound"),
      ofSeconds(20),
      ofMinutes(5)),
  /// The identity provider does not know a new identity yet: credentials are refused.
  IDENTITY_NOT_YET_FOUND(
      "the new identity is not everywhere yet",
      Set.of("ParentResourceNotFound"),
      ofSeconds(10),
      ofMinutes(4)),
  /// Another write on the same identity runs.
  CREDENTIAL_WRITES_COLLIDE(
      "another credential of this identity is being written",
      Set.of("ConcurrentFederatedIdentityCredentialsWritesForSingleManagedIdentity"),
      ofSeconds(5),
      ofMinutes(2)),
  /// Entra does not match a new credential, or does not know its identity yet.
  CREDENTIAL_NOT_YET_MATCHED(
      "Entra ID does not match the new credential yet",
      Set.of(
          "AADSTS70021",
          "AADSTS700211",
          "AADSTS700213",
          "AADSTS70025",
          "AADSTS700016",
          "AADSTS90061",
          "AADSTS50166",
          "AADSTS501661"),
      ofSeconds(15),
      ofMinutes(5)),
  /// Key Vault does not honour a new role yet.
  ROLE_NOT_YET_HONOURED(
      "Key Vault does not honour the new role yet",
      Set.of("ForbiddenByRbac", "AccessDenied"),
      ofSeconds(30),
      ofMinutes(10)),
  /// The webhook does not mutate pods yet.
  WEBHOOK_NOT_YET_SERVING(
      "the workload identity webhook does not serve yet", Set.of(), ofSeconds(20), ofMinutes(5)),
  /// The issuer's discovery document does not answer yet.
  ISSUER_NOT_YET_PUBLISHED(
      "the cluster's issuer does not answer yet", Set.of(), ofSeconds(20), ofMinutes(10)),
  /// The API server restarts.
  API_SERVER_RESTARTING("the API server restarts", Set.of(), ofSeconds(30), ofMinutes(5)),
  /// The cluster is busy with an operation that somebody else began.
  CLUSTER_BUSY(
      "the cluster is busy with another operation",
      Set.of("OperationNotAllowed", "EtagMismatch", "PreconditionFailed", "Conflict"),
      ofMinutes(5),
      ofMinutes(30)),
  /// The update that we began runs.
  CLUSTER_UPDATING("AKS update", Set.of(), ofSeconds(110), ofMinutes(30)),
  /// Azure throttled itself within an update of a cluster: it is begun again later, and fewer run
  /// at once.
  UPDATES_THROTTLED(
      "Azure throttles updates in this subscription", Set.of(), ofMinutes(5), ofMinutes(60)),
  /// The pods of the release start.
  ROLLOUT("pods starting", Set.of(), ofSeconds(15), ofMinutes(10)),
  /// Entra refuses a correct, old credential now and then.
  EXCHANGE_FLAKES(
      "Entra ID refuses now and then what is right",
      Set.of("AADSTS70021", "AADSTS700211", "AADSTS700213"),
      ofSeconds(5),
      ofSeconds(60)),
  /// A Helm operation on the release was begun and has not ended.
  RELEASE_PENDING(
      "another Helm operation runs on this release", Set.of(), ofSeconds(10), ofSeconds(60)),
  /// The same of a release with hooks, each of which may run for five minutes.
  HOOKS_RUNNING(
      "another Helm operation runs this release's hooks", Set.of(), ofSeconds(30), ofMinutes(11)),
  /// No credential is used earlier: asking too early makes Entra remember the refusal.
  CREDENTIAL_SETTLING(
      "the new credential settles before its first use", Set.of(), ofSeconds(15), ofSeconds(15));

  private final String words;
  private final Set<String> codes;
  private final Duration usual;
  private final Duration bound;

  Lag(String words, Set<String> codes, Duration usual, Duration bound) {
    this.words = words;
    this.codes = codes;
    this.usual = usual;
    this.bound = bound;
  }

  /// The name under which fleet files and run records know it, such as `cluster-updating`.
  public String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// What is being waited for, for people.
  public String words() {
    return words;
  }

  /// The services' codes by which it shows.
  public Set<String> codes() {
    return codes;
  }

  /// Whether this refusal is the lag at work.
  ///
  /// A stopped cluster refuses with the code of a busy one, but with 400: waiting starts nothing.
  public boolean shows(AzureAnswer refusal) {
    return codes.contains(refusal.code()) && !(this == CLUSTER_BUSY && refusal.status() == 400);
  }

  /// How long it usually takes, by default.
  public Duration usual() {
    return usual;
  }

  /// When it becomes a failure, by default.
  public Duration bound() {
    return bound;
  }
}
