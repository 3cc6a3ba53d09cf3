// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.render;

import dev.latchkey.core.plan.Outcome;
import java.util.Collection;

/// Where a cluster stands.
enum Standing {
  DONE("done", Symbol.DONE),
  FAILED("failed", Symbol.FAILED),
  RUNNING("running", Symbol.RUNNING),
  IDLE("not begun", Symbol.IDLE),
  SKIPPED("skipped", Symbol.SKIPPED);

  private final String words;
  private final Symbol symbol;

  Standing(String words, Symbol symbol) {
    this.words = words;
    this.symbol = symbol;
  }

  String words() {
    return words;
  }

  Symbol symbol() {
    return symbol;
  }

  /// Whether nothing more comes of it.
  boolean isOver() {
    return switch (this) {
      case DONE, FAILED, SKIPPED -> true;
      case RUNNING, IDLE -> false;
    };
  }

  /// A cluster of which a step failed has failed, even while its other steps go on.
  static Standing of(Collection<Board.Cell> row) {
    boolean idle = false;
    boolean ended = false;
    boolean running = false;
    boolean skipped = false;
    for (Board.Cell cell : row) {
      switch (cell) {
        case Board.Cell.Idle _ -> idle = true;
        case Board.Cell.Running _ -> running = true;
        case Board.Cell.Ended over -> {
          ended = true;
          switch (over.outcome()) {
            case Outcome.Failed _ -> {
              return FAILED;
            }
            case Outcome.Skipped _ -> skipped = true;
            case Outcome.Withheld _ -> {
              return IDLE;
            }
            case Outcome.NotStarted _ -> idle = true;
            case Outcome.Changed _, Outcome.Unchanged _ -> {}
          }
        }
      }
    }
    if (running || (ended && idle)) {
      return RUNNING;
    }
    if (idle) {
      return IDLE;
    }
    return skipped ? SKIPPED : DONE;
  }
}
