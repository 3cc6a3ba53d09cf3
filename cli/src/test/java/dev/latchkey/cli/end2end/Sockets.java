// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.end2end;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The sockets of a process, as Linux tells them.
final class Sockets {
  private static final String LISTENS = "0A";

  private Sockets() {}

  /// The addresses at which a process waits for connections.
  static List<InetAddress> listening(long pid) throws IOException {
    Path process = Path.of("/proc", Long.toString(pid));
    assumeThat(process).as("the sockets of a process can only be read in /proc").exists();
    Set<String> own = inodes(process.resolve("fd"));
    var addresses = new ArrayList<InetAddress>();
    for (String table : List.of("tcp", "tcp6")) {
      for (String line : Files.readAllLines(process.resolve("net").resolve(table))) {
        String[] fields = line.strip().split(" +", -1);
        if (fields[3].equals(LISTENS) && own.contains("socket:[" + fields[9] + "]")) {
          addresses.add(address(fields[1].substring(0, fields[1].indexOf(':'))));
        }
      }
    }
    return List.copyOf(addresses);
  }

  private static Set<String> inodes(Path descriptors) throws IOException {
    try (Stream<Path> all = Files.list(descriptors)) {
      return all.map(Sockets::target).collect(Collectors.toSet());
    }
  }

  private static String target(Path link) {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (IOException e) {
      return ""; // closed between the listing and the reading
    }
  }

  /// The table has each 32 bits in the machine's byte order.
  private static InetAddress address(String hex) throws IOException {
    ByteBuffer words = ByteBuffer.wrap(HexFormat.of().parseHex(hex));
    ByteBuffer bytes = ByteBuffer.allocate(words.capacity()).order(ByteOrder.nativeOrder());
    while (words.hasRemaining()) {
      bytes.putInt(words.getInt());
    }
    return InetAddress.getByAddress(bytes.array());
  }
}
