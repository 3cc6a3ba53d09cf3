// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.kubernetes.temporary;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnedNameTest {
  @TempDir Path folder;

  @Test
  void sweepsWhatBelongsToAProcessThatIsGone() throws Exception {
    Process gone = new ProcessBuilder(java(), "--version").start();
    String start = gone.info().startInstant().map(at -> "" + at.toEpochMilli()).orElse("0");
    gone.waitFor();
    Path file = write("latchkey-values-%d-%s-77.json".formatted(gone.pid(), start));
    Path library = write("latchkey-helm-%d-%s-77/helm-linux-amd64.so".formatted(gone.pid(), start));

    OwnedName.sweep(folder);

    assertThat(file).doesNotExist();
    assertThat(library.getParent()).doesNotExist();
  }

  @Test
  void leavesWhatARunningProcessUses() throws IOException {
    Path mine = Files.createTempFile(folder, OwnedName.prefix("values"), ".json");

    OwnedName.sweep(folder);

    assertThat(mine).exists();
  }

  @Test
  void sweepsWhatBelongsToAnEarlierProcessOfTheSameId() throws IOException {
    long pid = ProcessHandle.current().pid();
    Path earlier = write("latchkey-values-%d-1000000000000-77.json".formatted(pid));
    Path unknown = write("latchkey-values-%d-0-77.json".formatted(pid));

    OwnedName.sweep(folder);

    assertThat(earlier).doesNotExist();
    assertThat(unknown).as("nobody knows when its process started").exists();
  }

  @Test
  void touchesNothingElseAndFollowsNoLink() throws IOException {
    Path other = write("latchkey-notes.txt");
    Path foreign = write("other-values-999999999-1000000000000-77.json");
    Path precious = write("precious/file");
    Path link = folder.resolve("latchkey-chart-999999999-1000000000000-77");
    Files.createSymbolicLink(link, precious.getParent());

    OwnedName.sweep(folder);

    assertThat(other).exists();
    assertThat(foreign).exists();
    assertThat(precious).exists();
    assertThat(Files.exists(link, LinkOption.NOFOLLOW_LINKS)).isFalse();
  }

  private Path write(String name) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, "x");
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }
}
