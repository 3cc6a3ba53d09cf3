// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.command;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.TypeConversionException;

/// Options that take a constant of an enum. A word that is none is answered with those that are, as
/// they are typed; picocli would name them in capitals.
final class ConstantOptions {
  private ConstantOptions() {}

  /// Teaches a program, with all its commands, to read them.
  static void teach(CommandLine program) {
    types(program).distinct().forEach(type -> teach(program, type));
  }

  private static Stream<Class<?>> types(CommandLine command) {
    return Stream.concat(
        command.getCommandSpec().options().stream()
            .<Class<?>>map(OptionSpec::type)
            .filter(Class::isEnum),
        command.getSubcommands().values().stream().flatMap(ConstantOptions::types));
  }

  private static <T> void teach(CommandLine program, Class<T> type) {
    program.registerConverter(type, word -> constant(type, word));
  }

  private static <T> T constant(Class<T> type, String word) {
    return Arrays.stream(type.getEnumConstants())
        .filter(constant -> typed(constant).equals(word.toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(
            () ->
                new TypeConversionException(
                    Arrays.stream(type.getEnumConstants())
                        .map(ConstantOptions::typed)
                        .collect(Collectors.joining(", ", "one of ", ", not `" + word + "`"))));
  }

  private static String typed(Object constant) {
    return constant.toString().toLowerCase(Locale.ROOT);
  }
}
