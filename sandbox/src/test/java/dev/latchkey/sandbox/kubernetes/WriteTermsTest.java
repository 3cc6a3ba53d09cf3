// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.kubernetes;

import static dev.latchkey.sandbox.kubernetes.TestWorld.message;
import static dev.latchkey.sandbox.kubernetes.TestWorld.tree;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.sandbox.message.Answer;
import dev.latchkey.sandbox.schema.Trees;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What a client says about a write beside what it writes.
class WriteTermsTest {
  private static final String MAPS = "/api/v1/namespaces/default/configmaps";
  private static final String UNKNOWN =
      "{'metadata':{'name':'c','labls':{}},'data':{'a':'1'},'dta':{'a':'1'}}";

  private final TestWorld world = new TestWorld();

  @Test
  void warnsOfUnknownFieldsAndLeavesThemOutUnlessToldOtherwise() {
    Answer answer = world.ask("POST", MAPS, UNKNOWN);

    assertThat(answer.headers().get("warning"))
        .isEqualTo(
            "299 - \"unknown field \\\"metadata.labls\\\"\", 299 - \"unknown field \\\"dta\\\"\"");
    assertThat(world.get(MAPS + "/c").toString()).doesNotContain("labls", "dta");
  }

  @Test
  void leavesUnknownFieldsOutSilentlyWhenToldToIgnoreThem() {
    Answer answer = world.ask("POST", MAPS + "?fieldValidation=Ignore", UNKNOWN);

    assertThat(answer.headers()).doesNotContainKey("warning");
    assertThat(world.get(MAPS + "/c").toString()).doesNotContain("labls", "dta");
  }

  @Test
  void refusesOptionsThatAreNone() {
    List<String> answers =
        List.of(
            message(world.ask("POST", MAPS + "?fieldValidation=strict", UNKNOWN)),
            message(world.ask("POST", MAPS + "?dryRun=true", UNKNOWN)));

    assertThat(answers)
        .containsExactly(
            "422 CreateOptions.meta.k8s.io \"\" is invalid: fieldValidation: Unsupported value:"
                + " \"strict\": supported values: \"Ignore\", \"Strict\", \"Warn\"",
            "422 CreateOptions.meta.k8s.io \"\" is invalid: dryRun: Unsupported value: \"true\":"
                + " supported values: \"All\"");
  }

  @Test
  void callsAManagerAsItsUserAgentBegins() {
    world.ask(
        "POST",
        MAPS,
        "{'metadata':{'name':'c'},'data':{'a':'1'}}",
        Map.of("user-agent", "helm/3.17 (linux)", "content-type", "application/json"),
        true);

    assertThat(
            Trees.text(
                Trees.at(world.get(MAPS + "/c"), "metadata", "managedFields").path(0), "manager"))
        .isEqualTo("helm");
  }

  @Test
  void keepsTheNamespacesThatAClusterNeeds() {
    assertThat(message(world.ask("DELETE", "/api/v1/namespaces/default", "")))
        .isEqualTo("403 namespaces \"default\" is forbidden: this namespace may not be deleted");
  }

  @Test
  void aDryRunInTheBodyOfADeletionKeepsTheObject() {
    world.ask("POST", MAPS, "{'metadata':{'name':'c'}}");

    Answer answer = world.ask("DELETE", MAPS + "/c", "{'dryRun':['All']}");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(world.ask("GET", MAPS + "/c", "").status()).isEqualTo(200);
  }

  @Test
  void mergesPortsOfAServiceByTheirNumber() {
    String services = "/api/v1/namespaces/default/services";
    world.ask(
        "POST", services, "{'metadata':{'name':'s'},'spec':{'ports':[{'port':80,'name':'web'}]}}");

    world.patch(
        "application/strategic-merge-patch+json",
        services + "/s",
        "{'spec':{'ports':[{'port':80,'targetPort':8080},{'port':81,'name':'more'}]}}");

    assertThat(Trees.items(Trees.at(world.get(services + "/s"), "spec", "ports")))
        .extracting(each -> Trees.text(each, "name") + Trees.text(each, "targetPort"))
        .containsExactly("web8080", "more81");
  }

  @Test
  void refusesAnElementWithoutItsMergeKey() {
    String deployments = "/apis/apps/v1/namespaces/default/deployments";
    world.ask(
        "POST",
        deployments,
        """
        {'metadata':{'name':'app'},'spec':{'selector':{'matchLabels':{'app':'a'}},
         'template':{'metadata':{'labels':{'app':'a'}},
          'spec':{'containers':[{'name':'main','image':'app:1'}]}}}}
        """);

    Answer answer =
        world.patch(
            "application/strategic-merge-patch+json",
            deployments + "/app",
            "{'spec':{'template':{'spec':{'containers':[{'image':'app:2'}]}}}}");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(Trees.text(tree(answer), "message"))
        .endsWith("does not contain declared merge key: name");
  }
}
