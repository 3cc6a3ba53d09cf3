// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.run;

import dev.latchkey.core.resource.ClusterName;
import dev.latchkey.core.resource.Token;
import dev.latchkey.core.step.Neighbours;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/// The tokens that the clusters of one run lend each other. All access goes through its lock.
final class TokenBoard implements Neighbours {
  private final Lock lock = new ReentrantLock();
  private final Condition news = lock.newCondition();
  private final Map<ClusterName, Token> lent = new LinkedHashMap<>();
  private int silent;

  /// @param clusters how many may still lend a token
  TokenBoard(int clusters) {
    this.silent = clusters;
  }

  @Override
  public void lend(ClusterName cluster, Token token) {
    lock.lock();
    try {
      if (lent.put(cluster, token) == null) {
        silent--;
      }
      news.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Nothing more is to be expected of this cluster.
  void over(ClusterName cluster) {
    lock.lock();
    try {
      if (!lent.containsKey(cluster)) {
        silent--;
      }
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
        Optional<Loan> loan =
            lent.entrySet().stream()
                .filter(entry -> !entry.getKey().equals(cluster))
                .map(entry -> new Loan(entry.getKey(), entry.getValue()))
                .findFirst();
        if (loan.isPresent() || silent <= 0) {
          return loan;
        }
        news.await();
      }
    } finally {
      lock.unlock();
    }
  }
}
