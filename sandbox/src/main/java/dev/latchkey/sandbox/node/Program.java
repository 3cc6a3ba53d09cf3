// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.node;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// What an image is on this machine: a command that runs as a child process.
///
/// The child's standard input stays open as long as the sandbox lives: a program that ends when it
/// is closed does not outlive a sandbox that was killed.
///
/// @param command the image's entry point; the arguments of the container come after it
/// @param environment all variables it starts with, before those of the container
public record Program(List<String> command, Map<String, String> environment, Path directory) {
  public Program {
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
  }
}
