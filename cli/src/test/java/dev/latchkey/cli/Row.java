// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// The rows of the table of real failures whose situation a test builds.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Row {
  /// Their ids, such as `C005`.
  String[] value();
}
