// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.render;

/// Every symbol that latchkey prints, with its ASCII twin and its colour.
enum Symbol {
  DONE("✔", "ok", Hue.GOOD),
  SAME("=", "=", Hue.SOFT),
  RUNNING("◐", "..", Hue.HINT),
  RUNNING_2("◓", "..", Hue.HINT),
  RUNNING_3("◑", "..", Hue.HINT),
  RUNNING_4("◒", "..", Hue.HINT),
  IDLE("·", ".", Hue.SOFT),
  SKIPPED("–", "-", Hue.SOFT),
  FAILED("✘", "xx", Hue.BAD),
  WARNING("!", "!", Hue.WARN),
  CREATE("+", "+", Hue.GOOD),
  UPDATE("~", "~", Hue.WARN),
  DELETE("-", "-", Hue.BAD),
  REPLACE("-/+", "-/+", Hue.WARN),
  ARROW("→", "->", Hue.PLAIN),
  ELLIPSIS("…", "..", Hue.PLAIN);

  private static final Symbol[] TURNING = {RUNNING, RUNNING_2, RUNNING_3, RUNNING_4};

  private final String sign;
  private final String twin;
  private final Hue hue;

  Symbol(String sign, String twin, Hue hue) {
    this.sign = sign;
    this.twin = twin;
    this.hue = hue;
  }

  /// What is running, turning once in four ticks.
  static Symbol turning(int tick) {
    return TURNING[Math.floorMod(tick, TURNING.length)];
  }

  String sign() {
    return sign;
  }

  String twin() {
    return twin;
  }

  Hue hue() {
    return hue;
  }
}
