// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.latchkey.sandbox.state.StateFile.Reading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class StateFileTest {
  private static final String EMPTY =
      """
      {
        "version" : 1,
        "savedAt" : "2026-01-01T00:00:00Z",
        "port" : 8443,
        "clusters" : 3,
        "seed" : 1,
        "clockAhead" : "PT1H",
        "asked" : { },
        "keys" : { "pool" : { }, "places" : { } },
        "directory" : { "principals" : [ ], "members" : [ ] },
        "azure" : { "resources" : [ ], "assignments" : [ ], "identities" : { }, "credentials" : { }, "dates" : { }, "operations" : [ ] },
        "secrets" : [ ],
        "kubernetes" : [ ]
      }
      """;

  @TempDir Path folder;

  private Reading read(String text) throws IOException {
    return StateFile.read(Files.writeString(folder.resolve("world.json"), text));
  }

  @Test
  void readsAWorldWithNothingInIt() throws IOException {
    assertThat(read(EMPTY))
        .isInstanceOfSatisfying(
            Reading.Found.class, found -> assertThat(found.world().port()).isEqualTo(8443));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void namesThePlaceOfAMistake(String right, String wrong, Reading.Wrong mistake)
      throws IOException {
    assertThat(read(EMPTY.replace(right, wrong))).isEqualTo(mistake);
  }

  private static Stream<Arguments> mistakes() {
    return Stream.of(
        arguments(
            "8443,",
            "84 43,",
            new Reading.Wrong(
                4,
                15,
                "this is not JSON: Unexpected character ('4' (code 52)): was expecting comma to separate Object entries")),
        arguments(
            "  \"kubernetes\" : [ ]\n}",
            "  \"kubernetes\" : [ ]\n",
            new Reading.Wrong(
                15,
                1,
                "this is not JSON: Unexpected end-of-input: expected close marker for Object")),
        arguments(
            "8443",
            "\"a\"",
            new Reading.Wrong(4, 12, "`port` is missing, or is not what is expected")),
        arguments(
            "\"port\"",
            "\"prot\"",
            new Reading.Wrong(14, 1, "`port` is missing, or is not what is expected")),
        arguments(
            "\"seed\" : 1,",
            "\"seed\" : 1, \"sead\" : 1,",
            new Reading.Wrong(0, 0, "unknown key `sead`")),
        arguments(
            "  \"secrets\" : [ ],\n",
            "",
            new Reading.Wrong(13, 1, "`secrets` is missing, or is not what is expected")),
        arguments(
            "\"pool\" : { }",
            "\"pool\" : { \"0\" : { } }",
            new Reading.Wrong(9, 53, "a private RSA key as a JWK is expected here (`keys`)")),
        arguments(
            "\"resources\" : [ ]",
            "\"resources\" : [ 1 ]",
            new Reading.Wrong(
                11, 31, "`azure.resources[0]` is missing, or is not what is expected")),
        arguments(
            "\"kubernetes\" : [ ]",
            "\"kubernetes\" : [ { \"id\" : \"a\", \"uid\" : \"b\", \"resourceVersion\" : 1, \"webhookFrom\" : null,"
                + " \"objects\" : [ { \"kind\" : \"Pod\", \"apiVersion\" : \"v1\" } ] } ]",
            new Reading.Wrong(
                13, 148, "objects of type `v1`, `Pod` cannot be kept (`kubernetes[0]`)")),
        arguments(
            "\"version\" : 1,",
            "",
            new Reading.Wrong(1, 1, "no saved sandbox begins here: it has a number `version`")));
  }

  @Test
  void refusesAnotherVersion() throws IOException {
    assertThat(read("{\"version\":2,\"worlds\":[]}")).isEqualTo(new Reading.OtherVersion(2));
  }

  @Test
  void saysThatAMissingFileCannotBeRead() {
    assertThatThrownBy(() -> StateFile.read(folder.resolve("missing")))
        .isInstanceOf(NoSuchFileException.class);
  }
}
