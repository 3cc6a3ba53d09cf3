// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.sandbox.contract.Recording.Kind;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RecordedPageTest {
  private static final String LIST = "https://v.vault.azure.net/secrets/a/versions?api-version=7.4";

  private static Exchange page(String query, String body) {
    return new Exchange(
        "GET",
        Url.of(LIST + query),
        Map.of(),
        JsonMapper.shared().missingNode(),
        200,
        Map.of(),
        tree(body));
  }

  private static JsonNode tree(String text) {
    return JsonMapper.shared().readTree(text);
  }

  private final Exchange first =
      page("&maxresults=1", "{\"value\": [{\"id\": \"/old\"}], \"nextLink\": \"https://next\"}");
  private final Exchange second =
      page("&$skiptoken=x", "{\"value\": [{\"id\": \"/new\"}], \"nextLink\": null}");
  private final RecordedPage pages =
      new RecordedPage(
          new Recording(Path.of("a"), Kind.RECORDING, "", "", List.of(first, second)),
          new Bindings());

  @Test
  void anotherDivisionOfTheSameListIsTheSameList() {
    JsonNode wanted = pages.divided(first, tree("{\"value\": [{\"id\": \"/new\"}]}"));

    assertThat(wanted.at("/value/0/id").asString("")).isEqualTo("/new");
    assertThat(wanted.at("/nextLink").asString("")).isEqualTo("https://next");
  }

  @Test
  void whatWasRecordedOnNoPageBelongsOnNone() {
    assertThat(pages.divided(first, tree("{\"value\": [{\"id\": \"/other\"}]}")))
        .isEqualTo(first.body());
  }
}
