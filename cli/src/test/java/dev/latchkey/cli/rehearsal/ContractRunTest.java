// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.cli.Typing;
import dev.latchkey.cli.command.CommonOptions.Output;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContractRunTest {
  private static final String MISSING_GROUP =
      """
      {"kind": "documented", "exchanges": [
        {"request": {"method": "GET", "url": "https://management.azure.com/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg?api-version=2021-04-01"},
         "response": {"status": 404, "body": {"error": {"code": "ResourceGroupNotFound",
           "message": "Resource group 'rg' could not be found."}}}}]}
      """;

  @TempDir private Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int run(Path recordings, Output output) throws IOException {
    var around = Typing.in(folder, out, err);
    return new ContractRun(around).of(recordings, output);
  }

  private void recorded(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  @Test
  void endsWellWhenTheSandboxAnswersAsRecorded() throws IOException {
    recorded("group.json", MISSING_GROUP);

    assertThat(run(Path.of(""), Output.TEXT)).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("1 exchanges: 1 matched, 0 explained, 0 different, 0 out of scope.");
  }

  @Test
  void endsWithOneWhenAnAnswerDiffers() throws IOException {
    recorded("group.json", MISSING_GROUP.replace("could not be", "was not"));

    assertThat(run(Path.of(""), Output.JSON)).isEqualTo(1);
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("\"different\" : 1")
        .contains("\"at\" : \"/body/error/message\"");
  }

  @Test
  void namesTheLineOfAFileThatIsNoRecordingAndReplaysTheOthers() throws IOException {
    recorded("good.json", MISSING_GROUP);
    recorded("bad.json", "{\n  \"exchanges\": [\n    {]\n");

    assertThat(run(Path.of(""), Output.TEXT)).isEqualTo(2);
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("1 matched");
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("recording-unreadable")
        .contains("bad.json:3");
  }

  @Test
  void saysThatAFolderIsMissingOrHoldsNothing() throws IOException {
    assertThat(run(Path.of("none"), Output.TEXT)).isEqualTo(2);
    assertThat(run(Path.of(""), Output.TEXT)).isEqualTo(2);

    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("There is no folder `none`.")
        .contains("holds no JSON file.");
  }
}
