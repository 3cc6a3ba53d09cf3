// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.run;

import dev.latchkey.core.port.Time;
import dev.latchkey.core.resource.ClusterName;
import dev.latchkey.core.resource.Token;
import dev.latchkey.core.step.Neighbours;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/// The tokens that the clusters of one run lend each other. All access goes through its lock.
///
/// Only clusters that are at work are waited for: one whose turn comes later may itself be waiting
/// for the borrower to end.
final class TokenBoard implements Neighbours {
  /// Service account tokens live ten minutes at least; an older loan may have run out, and a
  /// refusal of it would prove nothing.
  private static final Duration FRESH = Duration.ofMinutes(8);

  private record Lent(Token token, Instant at) {}

  private final Lock lock = new ReentrantLock();
  private final Condition news = lock.newCondition();
  private final Time time;
  private final SequencedMap<ClusterName, Lent> lent = new LinkedHashMap<>();
  private final Set<ClusterName> atWork = new HashSet<>();
  private boolean closed;

  TokenBoard(Time time) {
    this.time = time;
  }

  /// The cluster is at work from now on, and may lend a token.
  void begun(ClusterName cluster) {
    lock.lock();
    try {
      atWork.add(cluster);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void lend(ClusterName cluster, Token token) {
    lock.lock();
    try {
      lent.putLast(cluster, new Lent(token, time.now()));
      news.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Nothing more is to be expected of this cluster.
  void over(ClusterName cluster) {
    lock.lock();
    try {
      atWork.remove(cluster);
      news.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Nobody waits for a token any more: the run was interrupted.
  void close() {
    lock.lock();
    try {
      closed = true;
      news.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Optional<Loan> borrow(ClusterName cluster) throws InterruptedException {
    lock.lock();
    try {
      while (true) {
        Optional<Loan> loan = loan(cluster);
        if (loan.isPresent() || !isAnyoneSilent(cluster)) {
          return loan;
        }
        if (closed) {
          throw new InterruptedException("the run was interrupted");
        }
        news.await();
      }
    } finally {
      lock.unlock();
    }
  }

  private Optional<Loan> loan(ClusterName borrower) {
    Instant oldest = time.now().minus(FRESH);
    return lent.entrySet().stream()
        .filter(entry -> !entry.getKey().equals(borrower))
        .filter(entry -> entry.getValue().at().isAfter(oldest))
        .map(entry -> new Loan(entry.getKey(), entry.getValue().token()))
        .findFirst();
  }

  private boolean isAnyoneSilent(ClusterName borrower) {
    return atWork.stream()
        .anyMatch(cluster -> !cluster.equals(borrower) && !lent.containsKey(cluster));
  }
}
