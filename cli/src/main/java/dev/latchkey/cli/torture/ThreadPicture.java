// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.torture;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.HotSpotDiagnosticMXBean.ThreadDumpFormat;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/// What every thread of this program does, virtual ones too, in a file for whoever looks into a
/// hang.
final class ThreadPicture {
  private ThreadPicture() {}

  /// Takes the picture.
  ///
  /// @return where it is, as a part of a sentence
  static String taken() {
    try {
      Path file = Files.createTempDirectory("latchkey-threads-").resolve("threads.txt");
      ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
          .dumpThreads(file.toString(), ThreadDumpFormat.TEXT_PLAIN);
      return "what each thread does: " + file;
    } catch (IOException e) {
      return "what each thread does could not be written: " + e.getMessage();
    }
  }
}
