import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.AuthorizationGrant;
import com.nimbusds.oauth2.sdk.ClientCredentialsGrant;
import com.nimbusds.oauth2.sdk.RefreshTokenGrant;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.oauth2.sdk.token.AccessToken;
import com.nimbusds.oauth2.sdk.token.Tokens;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.AuthenticationResponseParser;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponseParser;
import com.nimbusds.openid.connect.sdk.UserInfoRequest;
import com.nimbusds.openid.connect.sdk.UserInfoResponse;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import com.nimbusds.openid.connect.sdk.token.OIDCTokens;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jwt.SignedJWT;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URL;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

/** Nimbus's OpenID Connect SDK as an application, and Spring Security's decoder as an API. */
public class Judge {
  interface Body {
    void run() throws Exception;
  }

  static final BufferedReader VISITS = new BufferedReader(new InputStreamReader(System.in));
  static final Issuer ISSUER = new Issuer(env("ISSUER"));
  static final ClientID CLIENT = new ClientID(env("CLIENT_ID"));
  static OIDCProviderMetadata metadata;

  static String env(String name) {
    return System.getenv(name);
  }

  static void say(String promise, boolean kept, String why) {
    String text = why.replace("\\", "/").replace("\"", "'").replaceAll("\\s", " ");
    System.out.printf("{\"promise\":\"%s\",\"kept\":%b,\"why\":\"%s\"}%n", promise, kept, text);
  }

  static void promise(String name, Body body) {
    try {
      body.run();
      say(name, true, "");
    } catch (Exception error) {
      say(name, false, error.toString());
    }
  }

  /** Kept by an error that says so, and by no other. */
  static void refused(String name, String expected, Body body) {
    try {
      body.run();
      say(name, false, "it was not refused");
    } catch (Exception error) {
      say(name, error.toString().contains(expected), error.toString());
    }
  }

  static void require(boolean holds, Object seen) {
    if (!holds) throw new IllegalStateException(String.valueOf(seen));
  }

  record Authorized(AuthorizationCode code, CodeVerifier verifier, Nonce nonce) {}

  static Authorized authorized() throws Exception {
    var verifier = new CodeVerifier();
    var state = new State();
    var nonce = new Nonce();
    var request =
        new AuthenticationRequest.Builder(
                ResponseType.CODE, Scope.parse(env("SCOPE")), CLIENT, URI.create(env("REDIRECT_URI")))
            .endpointURI(metadata.getAuthorizationEndpointURI())
            .state(state)
            .nonce(nonce)
            .codeChallenge(verifier, CodeChallengeMethod.S256)
            .build();
    System.out.printf("{\"visit\":\"%s\"}%n", request.toURI());
    var response = AuthenticationResponseParser.parse(URI.create(VISITS.readLine()));
    require(response.indicatesSuccess(), "no code");
    require(state.equals(response.getState()), response.getState());
    require(ISSUER.equals(response.getIssuer()), response.getIssuer());
    return new Authorized(response.toSuccessResponse().getAuthorizationCode(), verifier, nonce);
  }

  static Tokens sent(String id, String secret, AuthorizationGrant grant, Scope scope) throws Exception {
    var proof = new ClientSecretBasic(new ClientID(id), new Secret(secret));
    var request = new TokenRequest(metadata.getTokenEndpointURI(), proof, grant, scope);
    TokenResponse response = OIDCTokenResponseParser.parse(request.toHTTPRequest().send());
    if (!response.indicatesSuccess())
      throw new IOException(response.toErrorResponse().getErrorObject().getCode());
    return response.toSuccessResponse().getTokens();
  }

  static OIDCTokens exchanged(Authorized given, CodeVerifier verifier, String secret) throws Exception {
    var grant = new AuthorizationCodeGrant(given.code(), URI.create(env("REDIRECT_URI")), verifier);
    return sent(CLIENT.getValue(), secret, grant, null).toOIDCTokens();
  }

  static void call(String path, AccessToken token) throws Exception {
    var connection = (HttpURLConnection) new URL(env("API") + path).openConnection();
    connection.setRequestProperty("Authorization", token.toAuthorizationHeader());
    require(connection.getResponseCode() == 200, connection.getResponseCode());
  }

  static String withOtherSignature(String token) {
    int at = token.lastIndexOf('.') + 1;
    return token.substring(0, at) + (token.charAt(at) == 'A' ? "B" : "A") + token.substring(at + 1);
  }

  public static void main(String[] arguments) throws Exception {
    metadata = OIDCProviderMetadata.resolve(ISSUER);
    var secret = env("CLIENT_SECRET");
    var given = authorized();
    var tokens = exchanged(given, given.verifier(), secret);
    var keys = metadata.getJWKSetURI().toURL();
    var validator = new IDTokenValidator(ISSUER, CLIENT, JWSAlgorithm.RS256, keys);

    promise("sign-in", () -> validator.validate(tokens.getIDToken(), given.nonce()));
    promise(
        "userinfo",
        () -> {
          var request = new UserInfoRequest(metadata.getUserInfoEndpointURI(), tokens.getAccessToken());
          var told = UserInfoResponse.parse(request.toHTTPRequest().send());
          require(told.indicatesSuccess(), told);
          require(told.toSuccessResponse().getUserInfo().getEmailAddress() != null, "no address");
        });
    promise("call", () -> call("/cdr", tokens.getAccessToken()));
    promise(
        "refresh",
        () -> {
          var grant = new RefreshTokenGrant(tokens.getRefreshToken());
          call("/cdr", sent(CLIENT.getValue(), secret, grant, null).getAccessToken());
        });
    promise(
        "for-itself",
        () -> {
          var scope = new Scope("api/v1/Sessions:r");
          var own = sent(env("OWN_ID"), env("OWN_SECRET"), new ClientCredentialsGrant(), scope);
          call("/api/v1/Sessions/1", own.getAccessToken());
        });
    refused("used-code", "invalid_grant", () -> exchanged(given, given.verifier(), secret));
    refused("wrong-verifier", "invalid_grant", () -> exchanged(authorized(), new CodeVerifier(), secret));
    refused(
        "wrong-secret",
        "invalid_client",
        () -> {
          var other = authorized();
          exchanged(other, other.verifier(), "a secret that is a guess and long enough");
        });
    refused(
        "changed-id-token",
        "BadJWSException",
        () -> {
          var changed = SignedJWT.parse(withOtherSignature(tokens.getIDTokenString()));
          validator.validate(changed, given.nonce());
        });
    asSpring(env("ISSUER"), tokens.getIDTokenString());
  }

  /** As docs/verify.md has it. */
  static void asSpring(String issuer, String idToken) {
    var audience = issuer;
    var clientId = env("ACCESS_CLIENT");
    var token = env("ACCESS_TOKEN");
    var typed = env("JWT_TYPED_TOKEN");

    NimbusJwtDecoder decoder =
        NimbusJwtDecoder.withIssuerLocation(issuer)
            .jwsAlgorithm(SignatureAlgorithm.ES256)
            .validateType(false)
            .build();
    decoder.setJwtValidator(
        JwtValidators.createAtJwtValidator()
            .issuer(issuer)
            .audience(audience)
            .clientId(clientId)
            .build());

    promise("access-token", () -> require(decoder.decode(token).getSubject() != null, token));
    refused("changed-token", "JwtException", () -> decoder.decode(withOtherSignature(token)));
    refused("id-token-as-access", "JwtException", () -> decoder.decode(idToken));

    JwtDecoder plain =
        NimbusJwtDecoder.withIssuerLocation(issuer).jwsAlgorithm(SignatureAlgorithm.ES256).build();
    refused("spring-default-at-jwt", "typ value needs to be one of [JWT]", () -> plain.decode(token));
    promise("spring-default-jwt", () -> require(plain.decode(typed).getSubject() != null, typed));
    refused("spring-default-changed", "JwtException", () -> plain.decode(withOtherSignature(typed)));
  }
}
