// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.kubernetes.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.resource.ManifestObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ShownObjectsTest {
  @Test
  void laysObjectsOutAlikeWhateverTheOrderOfTheirKeys() {
    var one = text("kind: Service\nmetadata: { name: a, labels: { x: 'y' } }\nspec: { port: 80 }");
    var other = text("spec:\n  port: 80\nmetadata:\n  labels:\n    x: y\n  name: a\nkind: Service");

    assertThat(one)
        .isEqualTo(other)
        .isEqualTo(
            """
        kind: Service
        metadata:
          labels:
            x: y
          name: a
        spec:
          port: 80
        """);
  }

  @Test
  void hidesTheDataOfSecrets() {
    assertThat(
            shown(
                "{ kind: Secret, metadata: { name: a }, data: { a: c2VjcmV0 }, stringData: { b: hunter2 } }"))
        .contains("a: (hidden)", "b: (hidden)")
        .doesNotContain("c2VjcmV0", "hunter2");
  }

  @Test
  void hidesWhatIsCalledASecret() {
    String shown =
        shown(
            """
            kind: Deployment
            env:
            - { name: DB_PASSWORD, value: hunter2 }
            - { name: PAYMENT_API_KEY, value: "4711" }
            - { name: AZURE_FEDERATED_TOKEN_FILE, value: /var/run/token }
            - { name: SECRETS, value: "[db-password]" }
            clientSecret: hunter3
            automountServiceAccountToken: false
            url: https://orders:hunter4@db.example/x
            annotations: { checksum/secret: 0a1b2c }
            """);

    assertThat(shown)
        .doesNotContain("hunter", "4711")
        .contains(
            "/var/run/token",
            "[db-password]",
            "automountServiceAccountToken: false",
            "https://orders:(hidden)@db.example/x",
            "checksum/secret: 0a1b2c");
  }

  @Test
  void hidesWhatConnectionStringsArgumentsAndFilesHold() {
    String shown =
        shown(
            """
                kind: ConfigMap
                metadata: { name: c }
                data:
                  CONN: Server=db;User Id=orders;Password=hunter1;Encrypt=true
                  STORAGE: DefaultEndpointsProtocol=https;AccountKey=hunter2==;EndpointSuffix=x
                  BUS: Endpoint=sb://bus/;SharedAccessKeyName=root;SharedAccessKey=hunter3=
                  SAS: https://x.blob/?sv=2024&sig=hunter4
                  ARGS: --db-password=hunter5 --token=true --level=debug
                  app.properties: |
                    db.url=jdbc:x
                    db.password = hunter 6
                  app.yaml: |
                    db:
                      user: orders
                      password: "hunter 7"
                """);

    assertThat(shown)
        .doesNotContain("hunter")
        .contains(
            "Server=db;User Id=orders;Password=(hidden);Encrypt=true",
            "AccountKey=(hidden);EndpointSuffix=x",
            "SharedAccessKeyName=root;SharedAccessKey=(hidden)",
            "?sv=2024&sig=(hidden)",
            "--db-password=(hidden) --token=true --level=debug",
            "db.url=jdbc:x",
            "db.password = (hidden)",
            "user: orders",
            "password: (hidden)");
  }

  @Test
  void hidesWhatJsonInTextsHolds() {
    assertThat(
            shown(
                """
                kind: ConfigMap
                data:
                  app.json: '{"db":{"user":"orders","password":"hun\\"ter8","port":1},"apiKey": "hunter9"}'
                """))
        .doesNotContain("hun")
        .contains(
            "{\"db\":{\"user\":\"orders\",\"password\":\"(hidden)\",\"port\":1},\"apiKey\":"
                + " \"(hidden)\"}");
  }

  @Test
  @Timeout(120)
  void aMegabyteOnOneLineIsReadOnce() {
    String word = "QUJD".repeat(250_000);
    String quoted = "\"".repeat(250_000);

    assertThat(ShownText.of(word + "\n" + word)).isEqualTo(word + "\n" + word);
    assertThat(ShownText.of(quoted)).isEqualTo(quoted);
    assertThat(ShownText.of("://" + word)).isEqualTo("://" + word);
    assertThat(ShownText.of("\"token\":\"" + "\\n".repeat(250_000) + "\"")).hasSizeLessThan(100);
  }

  @Test
  void aHiddenValueStillDiffersFromAnother() {
    assertThat(text("{ kind: Secret, data: { a: one } }"))
        .isNotEqualTo(text("{ kind: Secret, data: { a: two } }"));
  }

  @Test
  void tellsTheNamespaceOfAnObjectThatLiesElsewhere() {
    String manifest =
        """
        { kind: Role, metadata: { name: a, namespace: shop } }
        ---
        { kind: Role, metadata: { name: a, namespace: other } }
        """;

    assertThat(ShownObjects.of(manifest, "shop"))
        .extracting(ManifestObject::title)
        .isEqualTo(List.of("Role/a", "Role/a in other"));
  }

  private static String shown(String yaml) {
    return ManifestObject.shown(text(yaml));
  }

  private static String text(String yaml) {
    return ShownObjects.of(yaml, "shop").getFirst().text();
  }
}
