// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.core.resource.ClusterName;
import dev.latchkey.core.resource.Token;
import dev.latchkey.core.step.Neighbours.Loan;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TokenBoardTest {
  private static final ClusterName ONE = new ClusterName("one");
  private static final ClusterName OTHER = new ClusterName("other");
  private static final Token TOKEN = new Token("a.b.c");

  private final VirtualTime time = new VirtualTime();
  private final TokenBoard board = new TokenBoard(time);

  @Test
  void doesNotWaitForAClusterWhoseTurnComesLater() throws InterruptedException {
    board.begun(ONE);

    assertThat(board.borrow(ONE)).isEmpty();
  }

  @Test
  void waitsForAClusterThatIsAtWork() throws Exception {
    board.begun(ONE);
    board.begun(OTHER);
    CompletableFuture<Optional<Loan>> borrowed = borrowAside();

    board.lend(OTHER, TOKEN);

    assertThat(borrowed.get()).contains(new Loan(OTHER, TOKEN));
  }

  @Test
  void stopsWaitingForAClusterThatEndsWithoutAToken() throws Exception {
    board.begun(ONE);
    board.begun(OTHER);
    CompletableFuture<Optional<Loan>> borrowed = borrowAside();

    board.over(OTHER);

    assertThat(borrowed.get()).isEmpty();
  }

  @Test
  void lendsTheTokenOfAClusterThatHasEnded() throws InterruptedException {
    board.begun(OTHER);
    board.lend(OTHER, TOKEN);
    board.over(OTHER);
    board.begun(ONE);

    assertThat(board.borrow(ONE)).contains(new Loan(OTHER, TOKEN));
  }

  @Test
  void doesNotLendATokenThatMayHaveRunOut() throws InterruptedException {
    board.begun(OTHER);
    board.lend(OTHER, TOKEN);
    time.pause(Duration.ofMinutes(9));

    assertThat(board.borrow(ONE)).isEmpty();
  }

  @Test
  void nobodyWaitsOnceTheRunIsInterrupted() {
    board.begun(ONE);
    board.begun(OTHER);
    CompletableFuture<Optional<Loan>> borrowed = borrowAside();

    board.close();

    assertThatThrownBy(borrowed::get)
        .isInstanceOf(ExecutionException.class)
        .hasRootCauseInstanceOf(InterruptedException.class);
  }

  private CompletableFuture<Optional<Loan>> borrowAside() {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return board.borrow(ONE);
          } catch (InterruptedException e) {
            throw new CompletionException(e);
          }
        });
  }
}
