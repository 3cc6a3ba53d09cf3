// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.step;

import dev.latchkey.core.fleet.Target;
import dev.latchkey.core.port.SecretProbe;
import dev.latchkey.core.port.TokenExchange.Exchange;
import dev.latchkey.core.resource.ManagedIdentity;
import dev.latchkey.core.resource.SecretCondition;
import dev.latchkey.core.resource.SecretName;
import dev.latchkey.core.resource.Token;
import dev.latchkey.core.resource.Vault;
import dev.latchkey.core.trust.ChainProblem;
import dev.latchkey.core.trust.Hop;
import dev.latchkey.core.trust.Proof;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// What must not work: a secret that was not declared, and the token of another cluster.
final class RefusalHops {
  private static final Set<String> EXCHANGE_REFUSALS =
      Set.of("AADSTS70021", "AADSTS700211", "AADSTS700213");

  private final Work work;
  private final ProofSheet sheet;
  private final SecretName probe;
  private final Target target;
  private final ManagedIdentity identity;

  /// @param probe the name of a secret that nobody has
  RefusalHops(Work work, SecretName probe) {
    this.work = work;
    this.sheet = new ProofSheet(work);
    this.target = work.target();
    this.identity = work.facts().identity().identity();
    this.probe = probe;
  }

  /// A caller that may read only some secrets is told 403 for a name that nobody has; one that may
  /// read them all is told 404. So over-privilege shows without knowing any other secret.
  void proveUndeclaredRefused(Token entra) {
    Vault vault = work.facts().access().vault();
    if (vault.model() == Vault.Model.POLICIES) {
      sheet.tell(
          Proof.notProven(
              Hop.UNDECLARED_REFUSED, "", "an access policy lets it read the whole vault"));
      return;
    }
    switch (work.ports().secrets().probe(vault, probe, entra)) {
      case SecretProbe.Answer.Refused refused
          when refused.answer().code().equals("ForbiddenByRbac") ->
          sheet.tell(Proof.proven(Hop.UNDECLARED_REFUSED, probe.value(), refused.answer().code()));
      case SecretProbe.Answer.Refused refused ->
          sheet.tell(
              Proof.notProven(Hop.UNDECLARED_REFUSED, probe.value(), refused.answer().reference()));
      case SecretProbe.Answer.Unknown unknown ->
          sheet.tell(Proof.notProven(Hop.UNDECLARED_REFUSED, probe.value(), unknown.reason()));
      case SecretProbe.Answer.Read _, SecretProbe.Answer.Missing _ -> overPrivileged(vault);
    }
  }

  /// latchkey did not make the wider access, so it is told and does not fail the run.
  private void overPrivileged(Vault vault) {
    List<String> because =
        work.seen().assignments().stream()
            .filter(held -> held.principal().value().equalsIgnoreCase(identity.principal().value()))
            .filter(held -> !held.scope().toLowerCase(Locale.ROOT).contains("/secrets/"))
            .filter(held -> held.condition().flatMap(SecretCondition::secrets).isEmpty())
            .map(held -> "the assignment %s on %s".formatted(held.name(), held.scope()))
            .toList();
    var problem =
        new ChainProblem.OverPrivileged(
            target.name(), identity.id().name(), vault.id().name(), because);
    sheet.tell(Proof.refuted(Hop.UNDECLARED_REFUSED, probe.value(), problem));
    work.found(problem.text().what());
  }

  void proveForeignRefused() throws InterruptedException {
    Optional<Neighbours.Loan> loan = work.neighbours().borrow(target.name());
    if (loan.isEmpty()) {
      sheet.tell(
          Proof.notProven(Hop.FOREIGN_REFUSED, "", "no other cluster of this run has a token yet"));
      return;
    }
    String owner = loan.get().owner().value();
    Exchange exchange =
        work.ports().exchange().exchange(identity.tenant(), identity.client(), loan.get().token());
    switch (exchange) {
      case Exchange.Refused refused when EXCHANGE_REFUSALS.contains(refused.answer().code()) ->
          sheet.tell(Proof.proven(Hop.FOREIGN_REFUSED, owner, refused.answer().code()));
      case Exchange.Refused refused ->
          sheet.tell(Proof.notProven(Hop.FOREIGN_REFUSED, owner, refused.answer().reference()));
      case Exchange.Unknown unknown ->
          sheet.tell(Proof.notProven(Hop.FOREIGN_REFUSED, owner, unknown.reason()));
      case Exchange.Granted _ ->
          throw sheet.broken(
              Hop.FOREIGN_REFUSED,
              owner,
              new ChainProblem.ForeignTokenAccepted(
                  target.name(), identity.id().name(), loan.get().owner()));
    }
  }
}
