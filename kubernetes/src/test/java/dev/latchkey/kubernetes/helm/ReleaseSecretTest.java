// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.kubernetes.helm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.latchkey.core.problem.ProblemException;
import dev.latchkey.core.resource.ChartValues;
import dev.latchkey.core.resource.ManifestObject;
import dev.latchkey.core.resource.Release;
import dev.latchkey.kubernetes.workload.HookLook.Hook;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class ReleaseSecretTest {
  private static final String RECORD =
      """
      {"name":"shop","namespace":"web","version":3,"manifest":"---\\nkind: Pod\\n",
       "info":{"status":"pending-upgrade","description":"run 7",
               "last_deployed":"2026-01-02T03:04:05.678901234+01:00"},
       "chart":{"metadata":{"name":"typed","version":"0.2.0"},"values":{"ratio":1},
                "templates":[{"name":"templates/a.yaml","data":"YQ=="}],"files":[]},
       "config":{"image":{"tag":"012"},"replicas":3,"big":12345678901,"ratio":0.5}}
      """;

  @Test
  void knowsTheHooksThatDidNotEndWell() throws IOException {
    String hooks =
        """
        "hooks":[{"kind":"Job","name":"warm-up","last_run":{"phase":"Succeeded"}},
                 {"kind":"Job","name":"migrate","last_run":{"phase":"Failed"}},
                 {"kind":"Job","name":"later","last_run":{"phase":""}}],
        "config":""";

    assertThat(
            ReleaseSecret.read(secret(RECORD.replace("\"config\":", hooks.strip()))).failedHooks())
        .containsExactly(new Hook("Job", "migrate"));
  }

  @Test
  void tellsWhatTheRecordHolds() throws IOException {
    var read = ReleaseSecret.read(secret(RECORD)).release();

    assertThat(read)
        .isEqualTo(
            new Release(
                "web",
                "shop",
                3,
                "pending-upgrade",
                "typed 0.2.0",
                ChartDigest.of(
                    Map.of("name", "typed", "version", "0.2.0"),
                    Map.of("ratio", 1.0),
                    Map.of("templates/a.yaml", "a".getBytes(UTF_8))),
                new ChartValues(
                    Map.of(
                        "image",
                        Map.of("tag", "012"),
                        "replicas",
                        3,
                        "big",
                        12345678901L,
                        "ratio",
                        0.5)),
                "---\nkind: Pod\n",
                Instant.parse("2026-01-02T02:04:05.678901234Z"),
                "run 7",
                Map.of(),
                List.of(new ManifestObject("Pod/", "kind: Pod\n")),
                0));
    assertThat(read.pending()).isTrue();
  }

  @Test
  void doesNotBelieveTheLabels() throws IOException {
    Secret secret = secret(RECORD);
    secret.getMetadata().setLabels(Map.of("status", "deployed", "version", "9"));

    var read = ReleaseSecret.read(secret).release();

    assertThat(List.of(read.status(), read.revision())).isEqualTo(List.of("pending-upgrade", 3));
  }

  @Test
  void aCutRecordIsAProblemThatQuotesNothing() {
    Secret secret = secretOf("H4sI-not-gzip");

    var failure = catchThrowableOfType(ProblemException.class, () -> ReleaseSecret.read(secret));

    assertThat(failure.problem())
        .isEqualTo(
            new HelmProblem.RecordBroken(
                "web", "sh.helm.release.v1.shop.v3", "IllegalArgumentException"));
  }

  private static Secret secret(String json) throws IOException {
    var zipped = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(zipped)) {
      gzip.write(json.getBytes(UTF_8));
    }
    return secretOf(Base64.getEncoder().encodeToString(zipped.toByteArray()));
  }

  private static Secret secretOf(String release) {
    return new SecretBuilder()
        .withNewMetadata()
        .withName("sh.helm.release.v1.shop.v3")
        .withNamespace("web")
        .endMetadata()
        .withType("helm.sh/release.v1")
        .addToData("release", Base64.getEncoder().encodeToString(release.getBytes(UTF_8)))
        .build();
  }
}
