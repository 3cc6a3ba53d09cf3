// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.torture;

import dev.latchkey.sandbox.message.Answer;
import dev.latchkey.sandbox.message.Ask;
import dev.latchkey.sandbox.message.Service;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/// What Azure Pipelines gives a job that uses a service connection: the variables of its
/// environment, and an endpoint that hands out id tokens that are good for ten minutes.
final class ServiceConnection {
  static final Duration ASSERTION_LIFE = Duration.ofMinutes(10);

  private static final String PATH =
      "/00000000-0000-4000-8000-0000000000aa/_apis/distributedtask/hubs/build/plans/1/jobs/2/oidctoken";
  private static final String ID = "00000000-0000-4000-8000-0000000000cc";
  private static final Map<String, List<String>> QUERY =
      Map.of("api-version", List.of("7.1"), "serviceConnectionId", List.of(ID));
  private static final String JOB_TOKEN = "token-of-the-job";

  private final Arena arena;

  /// When an id token was handed out, in order.
  final List<Instant> handedOut = Collections.synchronizedList(new ArrayList<>());

  /// When Entra gave the pipeline an access token for one, in order.
  final List<Instant> signIns = Collections.synchronizedList(new ArrayList<>());

  /// Requests that were refused since nobody was signed in.
  final List<String> refused = Collections.synchronizedList(new ArrayList<>());

  ServiceConnection(Arena arena) {
    this.arena = arena;
  }

  /// The environment of a step of such a job, without the file that the sandbox signs in by.
  Map<String, String> environment(Map<String, String> sandbox) {
    var environment = new HashMap<>(sandbox);
    environment.remove("AZURE_FEDERATED_TOKEN_FILE");
    environment.putAll(
        Map.of(
            "TF_BUILD",
            "True",
            "AZURESUBSCRIPTION_TENANT_ID",
            sandbox.get("AZURE_TENANT_ID"),
            "AZURESUBSCRIPTION_CLIENT_ID",
            sandbox.get("AZURE_CLIENT_ID"),
            "AZURESUBSCRIPTION_SERVICE_CONNECTION_ID",
            ID,
            "SYSTEM_OIDCREQUESTURI",
            arena.sandbox.url() + PATH,
            "SYSTEM_ACCESSTOKEN",
            JOB_TOKEN));
    return environment;
  }

  Answer answer(Ask ask, Service service) {
    if (ask.path().equals(PATH)) {
      return handOut(ask);
    }
    boolean mine =
        ask.path().endsWith("/oauth2/v2.0/token")
            && ask.text().contains(arena.environment().get("AZURE_CLIENT_ID"));
    Answer answer = service.answer(ask);
    if (mine && answer.status() == 200) {
      signIns.add(arena.time.instant());
    }
    if (answer.status() == 401 && ask.path().startsWith("/subscriptions/")) {
      refused.add(ask.method() + " " + ask.path());
    }
    return answer;
  }

  private Answer handOut(Ask ask) {
    boolean right =
        ask.method().equals("POST")
            && ask.bearer().filter(JOB_TOKEN::equals).isPresent()
            && ask.query().equals(QUERY);
    if (!right) {
      return Answer.empty(401);
    }
    handedOut.add(arena.time.instant());
    return Answer.json(
        200,
        JsonMapper.shared()
            .createObjectNode()
            .put("oidcToken", arena.sandbox.pipelineAssertion(ASSERTION_LIFE)));
  }
}
