// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BindingsTest {
  private static final String RECORDED = "5b0d51e6-ffb5-5a86-9e72-6ba2df056dd2";
  private static final String OURS = "99836d64-febd-549d-844e-21031a331236";

  private final Bindings bindings = new Bindings();

  @Test
  void aGeneratedValueIsBoundAtFirstSightAndTheSameEverAfter() {
    assertThat(bindings.agree("id " + RECORDED, "id " + OURS)).isTrue();

    assertThat(bindings.agree(RECORDED, OURS)).isTrue();
    assertThat(bindings.agree(RECORDED, RECORDED.replace('5', '6'))).isFalse();
    assertThat(bindings.translated("/x/" + RECORDED + "/y")).isEqualTo("/x/" + OURS + "/y");
  }

  @Test
  void twoRecordedValuesAreNeverTheSameValueOfOurs() {
    assertThat(bindings.agree(RECORDED, OURS)).isTrue();

    assertThat(bindings.agree(RECORDED.replace('5', '6'), OURS)).isFalse();
  }

  @Test
  void anIdIsKnownWithoutItsDashesToo() {
    bindings.agree(RECORDED, OURS);

    assertThat(bindings.agree(RECORDED.replace("-", ""), OURS.replace("-", ""))).isTrue();
  }

  @Test
  void whatTheClientSentMustComeBackAsItWas() {
    bindings.known("PUT /x/" + RECORDED);

    assertThat(bindings.agree(RECORDED, OURS)).isFalse();
    assertThat(bindings.agree(RECORDED, RECORDED)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "2023-05-01T10:00:00Z, 2026-01-01T00:00:00.1234567Z, true",
    "2023-05-01T10:00:00Z, 2026-01-01 00:00:00Z, false",
    "2023-05-01T10:00:00Z, 2026-01-01T00:00:00+00:00, false",
    "2023-05-01T10:00:00Z, soon, false",
    "at 1684202023, at 1767225600, true",
    "westeurope, eastus, false",
    "30ee891d27d4437e9133f322572f07d2, 00000000000000000000000000000abc, true",
    "30ee891d27d4437e9133f322572f07d2, 00000000000000000000000000000ABC, false",
    "30ee891d27d4437e9133f322572f07d2, abc, false",
    "aks-dns-0h5yvz2w.hcp.westus.azmk8s.io, aks-dns-9c8b7a6d.hcp.westus.azmk8s.io, true",
    "aks-dns-0h5yvz2w.hcp.westus.azmk8s.io, aks-dns-9c8b7a6d.hcp.eastus.azmk8s.io, false",
    "the client 'user@example.com', the client '99836d64', true"
  })
  void onlyTheFormOfAGeneratedValueCounts(String recorded, String seen, boolean agree) {
    assertThat(bindings.agree(recorded, seen)).isEqualTo(agree);
  }

  @Test
  void aClientFollowsOurAddressWhereItWouldHaveFollowedTheRecordedOne() {
    String recorded = "https://management.azure.com/x/" + RECORDED + "?api-version=1&t=1&c=2";
    String ours = "https://management.azure.com/x/" + OURS + "?api-version=1&t=3&c=4&s=5&h=6";

    assertThat(new Links(bindings).agree(recorded, ours)).isTrue();

    assertThat(bindings.url(recorded)).isEqualTo(ours);
  }

  @Test
  void anAddressOfAnotherPathOrVersionIsAnotherAddress() {
    var links = new Links(bindings);

    assertThat(links.agree("https://a/x?api-version=1", "https://a/y?api-version=1")).isFalse();
    assertThat(links.agree("https://a/x?api-version=1", "https://a/x?api-version=2")).isFalse();
    assertThat(links.agree("https://a/x?v=1&$skiptoken=A", "https://a/x?v=1")).isFalse();
    assertThat(links.agree("https://a/x?v=1&$skiptoken=A", "https://a/x?v=1&%24skiptoken=B"))
        .isTrue();
  }
}
