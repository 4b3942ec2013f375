// Go's own OAuth 2.0 client with go-oidc: a web application, an API that verifies tokens, and a service.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"strings"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"
	"golang.org/x/oauth2/clientcredentials"
)

var (
	ctx      = context.Background()
	issuer   = os.Getenv("ISSUER")
	audience = issuer
	api      = os.Getenv("API")
	visits   = bufio.NewReader(os.Stdin)
	lines    = json.NewEncoder(os.Stdout)
	provider *oidc.Provider
)

// promise says whether it was kept, by the error that it ended with.
func promise(name string, err error) {
	line := map[string]any{"promise": name, "kept": err == nil}
	if err != nil {
		line["why"] = err.Error()
	}
	_ = lines.Encode(line)
}

// refused is kept by an error that is as expected, and by no other.
func refused(name string, err error, expected string) {
	switch {
	case err == nil:
		err = errors.New("it was not refused")
	case strings.Contains(err.Error(), expected):
		err = nil
	}
	promise(name, err)
}

func visited(address string) url.Values {
	_ = lines.Encode(map[string]string{"visit": address})
	line, _ := visits.ReadString('\n')
	callback, err := url.Parse(strings.TrimSpace(line))
	if err != nil {
		panic(err)
	}
	return callback.Query()
}

func application(secret string) oauth2.Config {
	return oauth2.Config{
		ClientID:     os.Getenv("CLIENT_ID"),
		ClientSecret: secret,
		Endpoint:     provider.Endpoint(),
		RedirectURL:  os.Getenv("REDIRECT_URI"),
		Scopes:       strings.Fields(os.Getenv("SCOPE")),
	}
}

func authorized(config oauth2.Config, nonce string) (code, verifier string) {
	verifier = oauth2.GenerateVerifier()
	address := config.AuthCodeURL("state", oauth2.S256ChallengeOption(verifier), oidc.Nonce(nonce))
	return visited(address).Get("code"), verifier
}

func withOtherSignature(token string) string {
	at := strings.LastIndex(token, ".") + 1
	other := "A"
	if token[at] == 'A' {
		other = "B"
	}
	return token[:at] + other + token[at+1:]
}

func statusOf(client *http.Client, address string) error {
	answer, err := client.Get(address)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		return fmt.Errorf("%s: %s", address, answer.Status)
	}
	return nil
}

// verified is what docs/verify.md has.
func verified(text string) (*oidc.IDToken, error) {
	provider, err := oidc.NewProvider(ctx, issuer)
	if err != nil {
		return nil, err
	}
	verifier := provider.Verifier(&oidc.Config{
		ClientID:             audience,
		SupportedSigningAlgs: []string{"ES256"},
	})
	return verifier.Verify(ctx, text)
}

func main() {
	var err error
	if provider, err = oidc.NewProvider(ctx, issuer); err != nil {
		panic(err)
	}
	config := application(os.Getenv("CLIENT_SECRET"))
	idVerifier := provider.Verifier(&oidc.Config{ClientID: config.ClientID})

	code, verifier := authorized(config, "nonce")
	token, err := config.Exchange(ctx, code, oauth2.VerifierOption(verifier))
	if err != nil {
		panic(err)
	}
	raw, _ := token.Extra("id_token").(string)
	id, err := idVerifier.Verify(ctx, raw)
	if err == nil && id.Nonce != "nonce" {
		err = errors.New("another nonce")
	}
	if err == nil {
		err = id.VerifyAccessToken(token.AccessToken)
	}
	promise("sign-in", err)

	told, err := provider.UserInfo(ctx, oauth2.StaticTokenSource(token))
	if err == nil && (told.Subject != id.Subject || told.Email == "") {
		err = fmt.Errorf("told %+v", told)
	}
	promise("userinfo", err)
	promise("call", statusOf(config.Client(ctx, token), api+"/cdr"))

	// Without an access token the source has to refresh.
	fresh, err := config.TokenSource(ctx, &oauth2.Token{RefreshToken: token.RefreshToken}).Token()
	if err == nil {
		err = statusOf(config.Client(ctx, fresh), api+"/cdr")
	}
	promise("refresh", err)

	own := clientcredentials.Config{
		ClientID:     os.Getenv("OWN_ID"),
		ClientSecret: os.Getenv("OWN_SECRET"),
		TokenURL:     provider.Endpoint().TokenURL,
		Scopes:       []string{"api/v1/Sessions:r"},
	}
	promise("for-itself", statusOf(own.Client(ctx), api+"/api/v1/Sessions/1"))

	_, err = config.Exchange(ctx, code, oauth2.VerifierOption(verifier))
	refused("used-code", err, "invalid_grant")
	code, _ = authorized(config, "nonce")
	_, err = config.Exchange(ctx, code, oauth2.VerifierOption(oauth2.GenerateVerifier()))
	refused("wrong-verifier", err, "invalid_grant")
	guessing := application("guess")
	code, verifier = authorized(guessing, "nonce")
	_, err = guessing.Exchange(ctx, code, oauth2.VerifierOption(verifier))
	refused("wrong-secret", err, "invalid_client")
	_, err = idVerifier.Verify(ctx, withOtherSignature(raw))
	refused("changed-id-token", err, "failed to verify signature")

	_, err = verified(fresh.AccessToken)
	promise("access-token", err)
	_, err = verified(withOtherSignature(fresh.AccessToken))
	refused("changed-token", err, "failed to verify signature")
	_, err = verified(raw)
	refused("id-token-as-access", err, "unexpected signature algorithm")
}
