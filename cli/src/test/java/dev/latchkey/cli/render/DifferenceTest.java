// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.render;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DifferenceTest {

  @Test
  void namesAMissingSlashAtTheEnd() {
    assertThat(Difference.between("cluster     https://a/b/", "credential  https://a/b"))
        .contains(new Difference(23, 12, "no slash at the end"));
  }

  @Test
  void namesASlashTooMany() {
    assertThat(Difference.between("cluster     https://a/b", "credential  https://a/b/"))
        .contains(new Difference(23, 12, "one slash more at the end"));
  }

  @Test
  void namesADifferenceInCaseOnly() {
    assertThat(Difference.between("account     system:Orders", "credential  system:orders"))
        .contains(new Difference(19, 12, "upper and lower case differ"));
  }

  @Test
  void marksTheFirstDifferenceWithoutWordsWhenItHasNoName() {
    assertThat(Difference.between("cluster     https://a/b/", "credential  https://a/c/"))
        .contains(new Difference(22, 12, ""));
  }

  @Test
  void isSilentAboutValuesThatDifferFromTheStart() {
    assertThat(Difference.between("identity  3c1d", "pod       9a00")).isEmpty();
  }

  @Test
  void isSilentAboutTwoOfAList() {
    assertThat(Difference.between("event  Pod/a: it failed", "event  Pod/a: it ended")).isEmpty();
  }

  @Test
  void isSilentAboutEqualValuesAndUnlikeColumns() {
    assertThat(Difference.between("cluster  https://a/", "token    https://a/")).isEmpty();
    assertThat(Difference.between("missing  https://a/", "answer      https://a/b")).isEmpty();
    assertThat(Difference.between("no label here", "nor here")).isEmpty();
  }
}
