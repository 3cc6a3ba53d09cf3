// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.sandbox.contract.BodyComparison.More;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class BodyComparisonTest {
  private static List<String> differences(More more, String recorded, String seen) {
    var found = new ArrayList<Difference>();
    new BodyComparison(new Bindings(), more)
        .compare(
            "/body",
            JsonMapper.shared().readTree(recorded),
            JsonMapper.shared().readTree(seen),
            found);
    return found.stream().map(one -> one.at() + " " + one.what()).toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'a': 1}             | {'a': 1}             | ''",
        "{'a': 1}             | {'a': '1'}           | /body/a recorded 1, seen '1'",
        "{'a': 1}             | {'A': 1}             | /body/a recorded 1, seen nothing",
        "{'a': null}          | {}                   | /body/a recorded null, seen nothing",
        "{'a': 'Running'}     | {'a': 'running'}     | /body/a recorded 'Running', seen 'running'",
        "{'a': {'b': true}}   | {'a': {'b': false}}  | /body/a/b recorded true, seen false",
        "{'created': 1684202023} | {'created': 1767225600} | ''",
        "{'days': 7}          | {'days': 90}         | /body/days recorded 7, seen 90"
      })
  void membersTypesCasingAndConstantValuesCount(String recorded, String seen, String first) {
    List<String> found =
        differences(More.NONE, recorded.replace('\'', '"'), seen.replace('\'', '"'));

    assertThat(found.isEmpty() ? "" : found.getFirst().replace('"', '\'')).isEqualTo(first);
  }

  @Test
  void whatIsNotRecordedIsADifferenceOfTrafficAndNoneOfAQuotation() {
    String recorded = "{\"error\": {\"code\": \"X\"}}";
    String seen = "{\"error\": {\"code\": \"X\", \"target\": \"y\"}}";

    assertThat(differences(More.NONE, recorded, seen))
        .containsExactly("/body/error/target recorded nothing, seen \"y\"");
    assertThat(differences(More.ANYWHERE, recorded, seen)).isEmpty();
  }

  @Test
  void resourcesOfAListAreFoundByIdInAnyOrder() {
    String recorded = "{\"value\": [{\"id\": \"/a\", \"x\": 1}, {\"id\": \"/b\", \"x\": 2}]}";
    String seen = "{\"value\": [{\"id\": \"/b\", \"x\": 2}, {\"id\": \"/a\", \"x\": 3}]}";

    assertThat(differences(More.NONE, recorded, seen))
        .containsExactly("/body/value/0/x recorded 1, seen 3");
  }

  @Test
  void aListHoldsNoMoreThanWasRecordedUnlessTheRecordingWasShortened() {
    String recorded = "{\"value\": [{\"id\": \"/a\"}]}";
    String seen = "{\"value\": [{\"id\": \"/a\"}, {\"id\": \"/b\"}]}";

    assertThat(differences(More.NONE, recorded, seen)).hasSize(1);
    assertThat(differences(More.IN_LISTS, recorded, seen)).isEmpty();
  }
}
