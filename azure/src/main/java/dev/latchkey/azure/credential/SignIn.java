// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.azure.credential;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import com.azure.core.http.policy.FixedDelayOptions;
import com.azure.core.http.policy.RetryOptions;
import com.azure.core.http.policy.RetryPolicy;
import com.azure.core.util.ConfigurationBuilder;
import com.azure.identity.AadCredentialBuilderBase;
import com.azure.identity.AzureCliCredentialBuilder;
import com.azure.identity.AzurePipelinesCredentialBuilder;
import com.azure.identity.CredentialBuilderBase;
import com.azure.identity.DefaultAzureCredentialBuilder;
import com.azure.identity.WorkloadIdentityCredentialBuilder;
import dev.latchkey.azure.cloud.Cloud;
import dev.latchkey.azure.transport.CoreClient;
import dev.latchkey.azure.transport.Transport;
import dev.latchkey.core.port.AzureProblem;
import dev.latchkey.core.problem.AzureAnswer;
import dev.latchkey.core.problem.ProblemException;
import dev.latchkey.core.resource.Token;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Signs in through azure-identity, over the transport of all requests, with its retries off.
public final class SignIn {
  private static final Pattern AADSTS = Pattern.compile("AADSTS\\d+");

  /// Exceptions name the exceptions that they wrap, none of which tells a user anything.
  private static final Pattern WRAPPINGS =
      Pattern.compile("^(?:(?:\\w+\\.)+\\w+(?:Exception|Error): )+");

  private static final Pattern CORRELATION = Pattern.compile("Correlation ID: ?([0-9a-fA-F-]{36})");

  /// A token and how much longer it is good: by the service's figure, so that this machine's clock
  /// need not be right.
  record Fresh(Token token, Duration life) {}

  private final Source source;
  private final Supplier<TokenCredential> credentials;
  private TokenCredential credential;

  /// Prepares signing in; asks nothing yet.
  ///
  /// @param accessToken the pipeline job's own token; used by [Source.Pipelines] alone
  public SignIn(Source source, Token accessToken, Cloud cloud, Transport transport) {
    this.source = source;
    var client = new CoreClient(transport, "Signing in");
    this.credentials = () -> credential(source, accessToken, cloud, client);
    this.credential = credentials.get();
  }

  /// How the caller signs in.
  public Source source() {
    return source;
  }

  /// Asks for a token though the library may keep one that looks good: a service has refused it.
  ///
  /// @throws ProblemException when nobody can sign in
  Fresh askAnew(String scope) {
    credential = credentials.get();
    return ask(scope);
  }

  /// Asks for a token. One thread at a time may ask.
  ///
  /// @throws ProblemException when nobody can sign in
  Fresh ask(String scope) {
    try {
      AccessToken token = credential.getTokenSync(new TokenRequestContext().addScopes(scope));
      if (token == null) {
        throw new ProblemException(
            new AzureProblem.SignInFailed(source.title(), "no token was issued", Optional.empty()));
      }
      return new Fresh(new Token(token.getToken()), token.getDurationUntilExpiration());
    } catch (RuntimeException failure) { // azure-identity throws kinds of its own and of MSAL's
      throw translate(failure);
    }
  }

  private ProblemException translate(RuntimeException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof ProblemException ours) {
        return ours;
      }
    }
    String words =
        WRAPPINGS
            .matcher(Objects.requireNonNullElse(failure.getMessage(), "no reason was told"))
            .replaceFirst("");
    Matcher number = AADSTS.matcher(words);
    Optional<AzureAnswer> refusal =
        number.find()
            ? Optional.of(new AzureAnswer(401, number.group(), firstLine(words), id(words)))
            : Optional.empty();
    return new ProblemException(
        new AzureProblem.SignInFailed(source.title(), firstLine(words), refusal), failure);
  }

  private static String id(String words) {
    Matcher id = CORRELATION.matcher(words);
    return id.find() ? id.group(1) : "";
  }

  private static String firstLine(String words) {
    return words.lines().findFirst().orElse("").replaceFirst("\\s*Trace ID:.*", "").strip();
  }

  private static TokenCredential credential(
      Source source, Token accessToken, Cloud cloud, CoreClient client) {
    return switch (source) {
      case Source.Pipelines(var tenant, var id, var connection, var oidcUri) -> {
        // first: it sets the authority back to that of the public cloud
        var configured =
            new AzurePipelinesCredentialBuilder()
                .configuration(
                    new ConfigurationBuilder()
                        .putProperty("SYSTEM_OIDCREQUESTURI", oidcUri)
                        .build());
        var builder =
            known(configured, cloud)
                .tenantId(tenant)
                .clientId(id)
                .serviceConnectionId(connection)
                .systemAccessToken(accessToken.use(text -> text));
        yield once(builder, client).build();
      }
      case Source.Workload(var tenant, var id, var file) -> {
        var builder =
            known(new WorkloadIdentityCredentialBuilder(), cloud)
                .tenantId(tenant)
                .clientId(id)
                .tokenFilePath(file.toString());
        yield once(builder, client).build();
      }
      case Source.Cli _ -> once(new AzureCliCredentialBuilder(), client).build();
      case Source.Default _ -> {
        var builder =
            new DefaultAzureCredentialBuilder().authorityHost(cloud.authority().toString());
        if (cloud.kind() == Cloud.Kind.CUSTOM) {
          builder.disableInstanceDiscovery();
        }
        yield once(builder, client).build();
      }
    };
  }

  private static <T extends AadCredentialBuilderBase<T>> T known(T builder, Cloud cloud) {
    builder.authorityHost(cloud.authority().toString());
    return cloud.kind() == Cloud.Kind.CUSTOM ? builder.disableInstanceDiscovery() : builder;
  }

  /// Each request is sent once by the library: repeating is the transport's business.
  private static <T extends CredentialBuilderBase<T>> T once(T builder, CoreClient client) {
    var none = new RetryOptions(new FixedDelayOptions(0, Duration.ZERO));
    return builder.httpClient(client).retryPolicy(new RetryPolicy(none)).maxRetry(0);
  }
}
