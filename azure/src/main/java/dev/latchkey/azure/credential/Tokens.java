// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.azure.credential;

import dev.latchkey.azure.cloud.Cloud;
import dev.latchkey.core.port.AzureProblem;
import dev.latchkey.core.port.ClusterTokens;
import dev.latchkey.core.port.Time;
import dev.latchkey.core.problem.ProblemException;
import dev.latchkey.core.resource.ClientId;
import dev.latchkey.core.resource.PrincipalId;
import dev.latchkey.core.resource.TenantId;
import dev.latchkey.core.resource.Token;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The caller's tokens, one per scope, each kept until shortly before it ends.
///
/// They live in memory for one run. Any thread may call; one at a time asks, so that a thousand
/// clusters that start together cause one token request.
public final class Tokens implements ClusterTokens {
  /// The application that stands for the API servers of all AKS clusters, in every cloud.
  private static final String AKS_SERVER = "6dae42f8-4368-4678-94ff-3960e28e3630/.default";

  /// A token that ends within this time is replaced: a request takes time as well.
  private static final Duration MARGIN = Duration.ofMinutes(3);

  /// By these Entra says that it could not read the metadata of whoever issued the caller's own
  /// token; mostly it can a moment later.
  ///
  /// @see <a href="https://github.com/Azure/azure-workload-identity/issues/605">a report</a>
  private static final Set<String> PASSING = Set.of("AADSTS90061", "AADSTS50166", "AADSTS501661");

  private static final List<Duration> PAUSES =
      List.of(Duration.ofSeconds(2), Duration.ofSeconds(5), Duration.ofSeconds(10));

  private final SignIn signIn;
  private final Cloud cloud;
  private final Time time;
  private final Map<String, Kept> kept = new HashMap<>();

  private record Kept(Token token, Instant expires) {}

  /// Asks for a token.
  private interface Asking {
    SignIn.Fresh now();
  }

  /// The tokens of who signs in so.
  public Tokens(SignIn signIn, Cloud cloud, Time time) {
    this.signIn = signIn;
    this.cloud = cloud;
    this.time = time;
  }

  /// A token for ARM.
  public Token forArm() {
    return of(cloud.armScope());
  }

  /// A token for ARM in the place of one that ARM refused: machines' clocks differ, and a token may
  /// be taken back.
  public Token forArmInsteadOf(Token refused) {
    return insteadOf(cloud.armScope(), refused);
  }

  @Override
  public Token forClusters() {
    return of(AKS_SERVER);
  }

  /// Who the caller is, read from the token for ARM.
  public Caller caller() {
    JsonNode claims = forArm().use(Tokens::claims);
    String client = claims.path("appid").asString(claims.path("azp").asString(""));
    return new Caller(
        new PrincipalId(claims.path("oid").asString("")),
        new TenantId(claims.path("tid").asString("")),
        new ClientId(client),
        signIn.source().title());
  }

  private synchronized Token of(String scope) {
    Kept known = kept.get(scope);
    return known != null && known.expires().isAfter(time.now().plus(MARGIN))
        ? known.token()
        : keep(scope, () -> signIn.ask(scope));
  }

  /// Another thread may have asked for it already.
  private synchronized Token insteadOf(String scope, Token refused) {
    Kept known = kept.get(scope);
    return known != null && known.token() != refused
        ? known.token()
        : keep(scope, () -> signIn.askAnew(scope));
  }

  private Token keep(String scope, Asking asking) {
    Instant before = time.now();
    SignIn.Fresh fresh = signedIn(asking);
    kept.put(scope, new Kept(fresh.token(), before.plus(fresh.life())));
    return fresh.token();
  }

  private SignIn.Fresh signedIn(Asking asking) {
    for (Duration pause : PAUSES) {
      try {
        return asking.now();
      } catch (ProblemException e) {
        if (e.problem().answer().filter(answer -> PASSING.contains(answer.code())).isEmpty()) {
          throw e;
        }
        rest(pause, e);
      }
    }
    return asking.now();
  }

  private void rest(Duration pause, ProblemException refusal) {
    try {
      time.pause(pause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw refusal;
    }
  }

  private static JsonNode claims(String token) {
    String[] parts = token.split("\\.", -1);
    try {
      byte[] json = Base64.getUrlDecoder().decode(parts.length > 1 ? parts[1] : "");
      return JsonMapper.shared().readTree(new String(json, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException | JacksonException broken) { // says what the token holds
      throw new ProblemException(
          new AzureProblem.NotUnderstood("Reading who is signed in", "the token is no JWT"));
    }
  }
}
