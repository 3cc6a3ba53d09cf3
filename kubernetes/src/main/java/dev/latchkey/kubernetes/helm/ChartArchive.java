// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.kubernetes.helm;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;

/// Reads the files of a packed chart: a gzipped tar archive with one folder at its root.
final class ChartArchive {
  private static final int BLOCK_BYTES = 512;
  private static final int FILE_BYTES_MAX = 16 << 20; // far above what a release can hold

  private ChartArchive() {}

  static Map<String, byte[]> read(Path archive) throws IOException {
    try (InputStream zipped = Files.newInputStream(archive)) {
      return read(zipped);
    }
  }

  static Map<String, byte[]> read(InputStream zipped) throws IOException {
    var files = new TreeMap<String, byte[]>();
    try (InputStream tar = new GZIPInputStream(zipped)) {
      String longName = "";
      for (byte[] header = block(tar); header[0] != 0; header = block(tar)) {
        byte[] content = content(tar, size(header));
        switch (header[156]) { // the entry's type
          case 'x' -> longName = pathOf(content);
          case 'L' -> longName = text(content, 0, content.length);
          case 0, '0' -> {
            String name = longName.isEmpty() ? name(header) : longName;
            int root = name.indexOf('/');
            if (root > 0) {
              files.put(name.substring(root + 1), ChartFiles.withoutMark(content));
            }
            longName = "";
          }
          default -> longName = ""; // folders, links and global headers hold no file of a chart
        }
      }
    }
    return files;
  }

  private static byte[] block(InputStream tar) throws IOException {
    byte[] block = tar.readNBytes(BLOCK_BYTES);
    return block.length == BLOCK_BYTES ? block : new byte[BLOCK_BYTES]; // Go's writer may end early
  }

  private static byte[] content(InputStream tar, int size) throws IOException {
    byte[] content = tar.readNBytes(size);
    if (content.length < size) {
      throw new EOFException("the archive is cut");
    }
    tar.skipNBytes((BLOCK_BYTES - size % BLOCK_BYTES) % BLOCK_BYTES);
    return content;
  }

  private static int size(byte[] header) throws IOException {
    String octal = text(header, 124, 12).strip();
    try {
      long size = octal.isEmpty() ? 0 : Long.parseLong(octal, 8);
      if (size <= FILE_BYTES_MAX) {
        return (int) size;
      }
    } catch (NumberFormatException _) {
      // told below
    }
    throw new IOException("it is not a chart's archive");
  }

  private static String name(byte[] header) {
    String prefix = text(header, 345, 155);
    String name = text(header, 0, 100);
    return prefix.isEmpty() ? name : prefix + "/" + name;
  }

  /// The path in an extended header, whose lines read `LENGTH path=VALUE`.
  private static String pathOf(byte[] records) {
    return text(records, 0, records.length)
        .lines()
        .filter(line -> line.contains(" path="))
        .map(line -> line.substring(line.indexOf(" path=") + " path=".length()))
        .findFirst()
        .orElse("");
  }

  private static String text(byte[] bytes, int from, int length) {
    int end = from;
    while (end < from + length && bytes[end] != 0) {
      end++;
    }
    return new String(bytes, from, end - from, StandardCharsets.UTF_8);
  }
}
