// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.lock;

import dev.latchkey.sandbox.access.Scope;
import dev.latchkey.sandbox.arm.Call;
import dev.latchkey.sandbox.arm.Refusal;
import dev.latchkey.sandbox.arm.ResourceType;
import dev.latchkey.sandbox.arm.Store;
import dev.latchkey.sandbox.arm.Veto;
import dev.latchkey.sandbox.message.Answer;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Refuses what a lock forbids: at its scope, below it, and the deletion of what holds a locked
/// resource. Data planes know no locks.
///
/// @see <a
///   href="https://learn.microsoft.com/azure/azure-resource-manager/management/lock-resources">what
///   locks do</a>
public final class LockCheck implements Veto {
  private final Store store;

  /// A check by the locks in this store.
  public LockCheck(Store store) {
    this.store = store;
  }

  @Override
  public Optional<Answer> refusal(ResourceType type, Call call) {
    return isFree(type, call)
        ? Optional.empty()
        : switch (call.ask().method()) {
          case "GET", "HEAD" -> Optional.empty();
          case "DELETE" -> refused(call, "delete", Stream.concat(above(call), below(call)));
          default ->
              refused(
                  call, "write", above(call).filter(lock -> lock.level() == Lock.Level.READ_ONLY));
        };
  }

  /// A lock must not keep itself; and a question asked by POST changes nothing.
  private static boolean isFree(ResourceType type, Call call) {
    boolean question =
        call.ask().method().equals("POST") && type.home() == ResourceType.Home.SUBSCRIPTION;
    return type.name().equals(Locks.NAME) || question;
  }

  private Stream<Lock> above(Call call) {
    return Scope.of(call.target().path()).upwards().stream()
        .flatMap(scope -> store.below(scope.path() + "/providers/" + Locks.NAME).stream())
        .flatMap(stored -> Lock.of(stored).stream());
  }

  private Stream<Lock> below(Call call) {
    Scope own = Scope.of(call.target().path());
    return store.below(call.target().path(), Locks.NAME).stream()
        .flatMap(stored -> Lock.of(stored).stream())
        .filter(lock -> !Scope.of(lock.scope()).equals(own));
  }

  private static Optional<Answer> refused(Call call, String operation, Stream<Lock> locks) {
    List<String> scopes = locks.map(Lock::scope).distinct().toList();
    return scopes.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Refusal.byGateway(
                409,
                "ScopeLocked",
                "The scope '%s' cannot perform %s operation because following scope(s) are locked: %s. Please remove the lock and try again."
                    .formatted(
                        call.target().path(),
                        operation,
                        scopes.stream().collect(Collectors.joining("', '", "'", "'")))));
  }
}
