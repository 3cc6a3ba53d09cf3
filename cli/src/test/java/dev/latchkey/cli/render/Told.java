// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.render;

import dev.latchkey.core.problem.AzureAnswer;
import dev.latchkey.core.problem.Problem;
import dev.latchkey.core.problem.Text;
import java.util.Optional;

/// A problem whose words a test chooses.
public record Told(String code, Text text, Optional<AzureAnswer> answer) implements Problem {}
