// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.latchkey.core.problem.Problem;
import dev.latchkey.core.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SavedPlanTest {
  @TempDir private Path folder;

  @Test
  void saysThatThereIsNoFile() throws IOException {
    Path file = folder.resolve("orders.plan");

    assertThat(refused(file)).isEqualTo(unreadable(file, "there is no such file"));
  }

  @Test
  void tellsAFileThatIsNoJson() throws IOException {
    assertThat(refused("Plan: 3 to make")).isEqualTo(unreadable(file(), "no JSON"));
  }

  @Test
  void tellsAnEmptyFile() throws IOException {
    assertThat(refused("")).isEqualTo(unreadable(file(), "an empty file"));
  }

  /// Somebody may have named the wrong file, and would lose it.
  @Test
  void proposesToWriteOverNothing() throws IOException {
    assertThat(refused("application: orders").text().next()).doesNotContain("orders.plan");
  }

  @Test
  void tellsAFileOfAnotherProgram() throws IOException {
    assertThat(refused("{\"format_version\":\"1.2\"}"))
        .isEqualTo(unreadable(file(), "JSON without \"format\": \"latchkey-plan\""));
  }

  @Test
  void tellsAFileThatWasCut() throws IOException {
    assertThat(
            refused("{\"format\":\"latchkey-plan\",\"version\":1,\"clusters\":[{\"name\":\"a\"}]}"))
        .isEqualTo(unreadable(file(), "a plan of which a part is missing"));
  }

  @Test
  void leavesAPlanOfANewerVersionToThat() throws IOException {
    Problem problem = refused("{\"format\":\"latchkey-plan\",\"version\":2}");

    assertThat(problem).isEqualTo(new SavedPlanProblem.OfOtherVersion(file(), "2", 1));
    assertThat(problem.text().what())
        .isEqualTo("`%s` was saved by another version of latchkey.".formatted(file()));
  }

  @Test
  void showsOfWhatChangedTheWordsThatDifferAndNoFingerprint() {
    assertThat(SavedPlan.words("release's objects", "none", "edited fdbf2c814e8f6a9f"))
        .isEqualTo("release's objects: none → edited");
    assertThat(SavedPlan.words("credential c", "https://i/, a:b, aud", "https://i/, a:B, aud"))
        .isEqualTo("credential c: a:b → a:B");
  }

  private Path file() {
    return folder.resolve("orders.plan");
  }

  private Problem refused(String text) throws IOException {
    Files.writeString(file(), text);
    return refused(file());
  }

  private static Problem refused(Path file) throws IOException {
    return catchThrowableOfType(ProblemException.class, () -> SavedPlan.read(file)).problem();
  }

  private static Problem unreadable(Path file, String detail) {
    return new SavedPlanProblem.Unreadable(file, detail);
  }
}
