export interface paths {
    "/admin/api/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List what happened, newest first: sign-ins, and all that was changed. */
        get: operations["adminListAudit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/api/audit/decisions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Find what the authorizer logged of one call: refused, or allowed and sampled. */
        get: operations["adminListDecisions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/api/clients": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List clients. */
        get: operations["adminListClients"];
        put?: never;
        /**
         * Create a client.
         * @description The secret of a client is in the answer that makes it, and never shown again. Such calls need a person who signed in during the last ten minutes: else 401 with `insufficient_user_authentication` and `max_age` (RFC 9470), or 403 where no person has signed in.
         */
        post: operations["adminCreateClient"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/api/clients/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show a client. */
        get: operations["adminShowClient"];
        put?: never;
        post?: never;
        /** Delete a client. */
        delete: operations["adminDeleteClient"];
        options?: never;
        head?: never;
        /**
         * Change a client: what is left out stays, null takes away (RFC 7396).
         * @description Calls that give it the role root need a person who signed in during the last ten minutes: else 401 with `insufficient_user_authentication` and `max_age` (RFC 9470), or 403 where no person has signed in.
         */
        patch: operations["adminChangeClient"];
        trace?: never;
    };
    "/admin/api/clients/{id}/secret": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make a new secret; the one before works on for `overlap` seconds.
         * @description Such calls need a person who signed in during the last ten minutes: else 401 with `insufficient_user_authentication` and `max_age` (RFC 9470), or 403 where no person has signed in.
         */
        post: operations["adminRenewClientSecret"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/api/domain-tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List domain tokens. */
        get: operations["adminListDomainTokens"];
        put?: never;
        /**
         * Create a domain token.
         * @description expiresAt is epoch seconds. The secret of a domain token is in the answer that makes it, and never shown again. Such calls need a person who signed in during the last ten minutes: else 401 with `insufficient_user_authentication` and `max_age` (RFC 9470), or 403 where no person has signed in.
         */
        post: operations["adminCreateDomainToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/api/domain-tokens/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show a domain token. */
        get: operations["adminShowDomainToken"];
        put?: never;
        post?: never;
        /** Delete a domain token. */
        delete: operations["adminDeleteDomainToken"];
        options?: never;
        head?: never;
        /**
         * Change a domain token: what is left out stays, null takes away (RFC 7396).
         * @description Calls that switch on one of the role root need a person who signed in during the last ten minutes: else 401 with `insufficient_user_authentication` and `max_age` (RFC 9470), or 403 where no person has signed in.
         */
        patch: operations["adminChangeDomainToken"];
        trace?: never;
    };
    "/admin/api/domains": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List domains. */
        get: operations["adminListDomains"];
        put?: never;
        /** Create a domain. */
        post: operations["adminCreateDomain"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/api/domains/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show a domain. */
        get: operations["adminShowDomain"];
        put?: never;
        post?: never;
        /**
         * Delete a domain.
         * @description Such calls need a person who signed in during the last ten minutes: else 401 with `insufficient_user_authentication` and `max_age` (RFC 9470), or 403 where no person has signed in.
         */
        delete: operations["adminDeleteDomain"];
        options?: never;
        head?: never;
        /**
         * Change a domain: what is left out stays, null takes away (RFC 7396).
         * @description Calls that disable it need a person who signed in during the last ten minutes: else 401 with `insufficient_user_authentication` and `max_age` (RFC 9470), or 403 where no person has signed in.
         */
        patch: operations["adminChangeDomain"];
        trace?: never;
    };
    "/admin/api/keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List keys. */
        get: operations["adminListKeys"];
        put?: never;
        /**
         * Create a key.
         * @description expiresAt is epoch seconds. The secret of an API key is in the answer that makes it, and never shown again. Such calls need a person who signed in during the last ten minutes: else 401 with `insufficient_user_authentication` and `max_age` (RFC 9470), or 403 where no person has signed in.
         */
        post: operations["adminCreateKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/api/keys/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show a key. */
        get: operations["adminShowKey"];
        put?: never;
        post?: never;
        /** Delete a key. */
        delete: operations["adminDeleteKey"];
        options?: never;
        head?: never;
        /** Change a key: what is left out stays, null takes away (RFC 7396). */
        patch: operations["adminChangeKey"];
        trace?: never;
    };
    "/admin/api/keys/{id}/secret": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make a new secret; the one before works on for `overlap` seconds.
         * @description Such calls need a person who signed in during the last ten minutes: else 401 with `insufficient_user_authentication` and `max_age` (RFC 9470), or 403 where no person has signed in.
         */
        post: operations["adminRenewKeySecret"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/api/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Say who the credential stands for, and what it may do. */
        get: operations["adminShowMe"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/api/me/activity": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List what happened to your account, and what you did, newest first. */
        get: operations["adminListMyActivity"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/api/me/consents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the clients that you have agreed may act in your name. */
        get: operations["adminListMyConsents"];
        put?: never;
        post?: never;
        /** Take back what you have agreed to: the client’s next call in your name is refused. */
        delete: operations["adminWithdrawMyConsent"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/api/me/explain": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Say step by step why a call with the credential itself is allowed or not. */
        get: operations["adminExplainMe"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/api/resources": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List resources. */
        get: operations["adminListResources"];
        put?: never;
        /** Create a resource. */
        post: operations["adminCreateResource"];
        delete?: never;
        options?: never;
        head?: never;
        /** Register many resources: all of them, or none. */
        patch: operations["adminImportResources"];
        trace?: never;
    };
    "/admin/api/resources/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show a resource. */
        get: operations["adminShowResource"];
        put?: never;
        post?: never;
        /** Delete a resource. */
        delete: operations["adminDeleteResource"];
        options?: never;
        head?: never;
        /** Change a resource: what is left out stays, null takes away (RFC 7396). */
        patch: operations["adminChangeResource"];
        trace?: never;
    };
    "/admin/api/roles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List roles. */
        get: operations["adminListRoles"];
        put?: never;
        /** Create a role. */
        post: operations["adminCreateRole"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/api/roles/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show a role. */
        get: operations["adminShowRole"];
        put?: never;
        post?: never;
        /** Delete a role. */
        delete: operations["adminDeleteRole"];
        options?: never;
        head?: never;
        /** Change a role: what is left out stays, null takes away (RFC 7396). */
        patch: operations["adminChangeRole"];
        trace?: never;
    };
    "/admin/api/roles/{id}/holders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List who holds a role by name.
         * @description Users and clients, then API keys and tokens of whole domains. It takes `r` on `admin/users`, `admin/clients`, `admin/keys` and `admin/domain-tokens`, too.
         */
        get: operations["adminListRoleHolders"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/api/roles/{id}/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Say what a change of a role would do, and change nothing. */
        patch: operations["adminPreviewRole"];
        trace?: never;
    };
    "/admin/api/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the live sessions of a subject, or of a domain. */
        get: operations["adminListSessions"];
        put?: never;
        post?: never;
        /**
         * End all sessions of a subject, or of a domain.
         * @description Calls of a whole domain need a person who signed in during the last ten minutes: else 401 with `insufficient_user_authentication` and `max_age` (RFC 9470), or 403 where no person has signed in.
         */
        delete: operations["adminSignOut"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/api/sessions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show a session. */
        get: operations["adminShowSession"];
        put?: never;
        post?: never;
        /** End a session: its next call is refused. */
        delete: operations["adminEndSession"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/api/sessions/{id}/explain": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Say step by step why a call with this session, key or domain token is allowed or not. */
        get: operations["adminExplain"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/api/settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show the settings. */
        get: operations["adminShowSettings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change settings: what is left out stays, null takes away (RFC 7396). */
        patch: operations["adminChangeSettings"];
        trace?: never;
    };
    "/admin/api/signing-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the signing keys: the age of each, and which signs.
         * @description For root. What is shown is public.
         */
        get: operations["adminListSigningKeys"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/api/signing-keys/rotation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask for new signing keys; tokens signed by the old ones stay valid until they expire.
         * @description For root. Such calls need a person who signed in during the last ten minutes: else 401 with `insufficient_user_authentication` and `max_age` (RFC 9470), or 403 where no person has signed in.
         */
        post: operations["adminRotateSigningKeys"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/api/signing-keys/withdrawal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give up all signing keys, and ask for new ones, which sign at once.
         * @description For root. Within five minutes no token of the old keys is accepted: everybody signs in anew. Such calls need a person who signed in during the last ten minutes: else 401 with `insufficient_user_authentication` and `max_age` (RFC 9470), or 403 where no person has signed in.
         */
        post: operations["adminWithdrawSigningKeys"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/api/statistics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Count by the hour, in the whole deployment: sign-ins, refusals, ends of sessions. */
        get: operations["adminShowStatistics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/api/statistics/alarms": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Say which alarms of the deployment are up, and since when. */
        get: operations["adminListAlarms"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/api/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List users. */
        get: operations["adminListUsers"];
        put?: never;
        /**
         * Create a user.
         * @description Calls that make a root need a person who signed in during the last ten minutes: else 401 with `insufficient_user_authentication` and `max_age` (RFC 9470), or 403 where no person has signed in.
         */
        post: operations["adminCreateUser"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/api/users/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show a user. */
        get: operations["adminShowUser"];
        put?: never;
        post?: never;
        /** Delete a user. */
        delete: operations["adminDeleteUser"];
        options?: never;
        head?: never;
        /**
         * Change a user: what is left out stays, null takes away (RFC 7396).
         * @description Calls that make a root, set the password or the address of one, or one's own address need a person who signed in during the last ten minutes: else 401 with `insufficient_user_authentication` and `max_age` (RFC 9470), or 403 where no person has signed in.
         */
        patch: operations["adminChangeUser"];
        trace?: never;
    };
    "/admin/api/users/{id}/consents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the clients that a user has agreed may act in their name. */
        get: operations["adminListConsents"];
        put?: never;
        post?: never;
        /** Take back what a user has agreed to: the client’s next call in their name is refused. */
        delete: operations["adminWithdrawConsent"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/api/users/{id}/invitation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send an invited user the mail again, with another link; those before go on working. */
        post: operations["adminInviteUser"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/api/users/imports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Import users of another system: each is made, or refused alone.
         * @description A user is as one that is created, without the password; beside that it may have `disabled`, `plan`, `vendor`, `verified` (`email`, `phone_number`: true) and `passwordHash`, as the other system wrote it. One whose username is somebody’s already stays out, so an import that broke off is done again as a whole; with `onExists: update`, which takes `u` on `admin/users`, what is said of somebody of the same domain is changed, and the password too with `replacePasswords`. `import` says which import it is, and which line of it each user: one that is sent again is answered as it was at first. `trustVerified` believes what is said of addresses and takes `root`; without it `verified` counts for nothing. Calls that make a root, or change how one is entered need a person who signed in during the last ten minutes: else 401 with `insufficient_user_authentication` and `max_age` (RFC 9470), or 403 where no person has signed in.
         */
        post: operations["adminImportUsers"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/helpdesk/api_key": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show the key of the calling application, which is made at the first call. */
        get: operations["faveoApiKey"];
        put?: never;
        /** Make another key of the calling application; the one before works on for `overlap` seconds. */
        post: operations["faveoRenewApiKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        AdminAct: {
            at: number;
            /** @enum {string} */
            by: "oneself" | "other" | "nobody";
            client?: string;
            id: string;
            ip?: string;
            isNewDevice?: boolean;
            target: string;
            type: string;
            userAgent?: string;
        };
        AdminAlarms: {
            items: {
                name: string;
                since: number;
                /** @enum {string} */
                state: "alarm" | "ok" | "unknown";
                what: string;
            }[];
        };
        AdminBrand: {
            accent?: string;
            accentDark?: string;
            help?: string;
            logo?: string;
            name: string;
            privacy?: string;
            terms?: string;
        };
        AdminBrandChange: {
            accent?: string | null;
            accentDark?: string | null;
            help?: string | null;
            logo?: string | null;
            name?: string | null;
            privacy?: string | null;
            terms?: string | null;
        };
        AdminClient: {
            /** @enum {string} */
            accessTokenType: "at+jwt" | "JWT";
            allowedOrigins: string[];
            /** @enum {string} */
            authentication: "secret" | "private_key_jwt" | "none";
            backchannelLogoutUri?: string;
            brand?: components["schemas"]["AdminBrand"];
            clientUri?: string;
            /** @enum {string} */
            consent: "ask" | "never";
            createdAt: number;
            defaultMaxAge?: number;
            disabled: boolean;
            domain: string;
            domains?: string[];
            grants: string[];
            id: string;
            /** @enum {string} */
            idTokenAlgorithm: "RS256" | "ES256";
            /** @enum {string} */
            idTokenClaims: "named" | "scope";
            jwks?: {
                keys: {
                    [key: string]: unknown;
                }[];
            };
            jwksUri?: string;
            logoUri?: string;
            name: string;
            /** @enum {string} */
            pkce: "required" | "optional";
            policyUri?: string;
            postLogoutRedirectUris: string[];
            redirectUris: string[];
            register?: string[];
            requireAuthTime: boolean;
            roles: string[];
            scopes: string[];
            secrets: {
                until: number | null;
            }[];
            spread?: number;
            tosUri?: string;
            updatedAt: number;
        };
        AdminClientChange: {
            /** @enum {string} */
            accessTokenType?: "at+jwt" | "JWT";
            allowedOrigins?: string[];
            /** @enum {string} */
            authentication?: "secret" | "private_key_jwt" | "none";
            backchannelLogoutUri?: string | null;
            brand?: components["schemas"]["AdminBrandChange"] | null;
            clientUri?: string | null;
            /** @enum {string} */
            consent?: "ask" | "never";
            defaultMaxAge?: components["schemas"]["AdminLength"] | null;
            disabled?: boolean;
            domains?: components["schemas"]["AdminNames"] | null;
            grants?: ("client_credentials" | "authorization_code" | "refresh_token")[];
            /** @enum {string} */
            idTokenAlgorithm?: "RS256" | "ES256";
            /** @enum {string} */
            idTokenClaims?: "named" | "scope";
            jwks?: {
                keys: {
                    [key: string]: string | boolean | string[];
                }[];
            } | null;
            jwksUri?: string | null;
            logoUri?: string | null;
            name?: components["schemas"]["AdminName"];
            /** @enum {string} */
            pkce?: "required" | "optional";
            policyUri?: string | null;
            postLogoutRedirectUris?: string[];
            redirectUris?: string[];
            requireAuthTime?: boolean;
            roles?: components["schemas"]["AdminNames"];
            scopes?: components["schemas"]["AdminNames"];
            spread?: number;
            tosUri?: string | null;
        };
        AdminClientWithSecret: {
            /** @enum {string} */
            accessTokenType: "at+jwt" | "JWT";
            allowedOrigins: string[];
            /** @enum {string} */
            authentication: "secret" | "private_key_jwt" | "none";
            backchannelLogoutUri?: string;
            brand?: components["schemas"]["AdminBrand"];
            clientUri?: string;
            /** @enum {string} */
            consent: "ask" | "never";
            createdAt: number;
            defaultMaxAge?: number;
            disabled: boolean;
            domain: string;
            domains?: string[];
            grants: string[];
            id: string;
            /** @enum {string} */
            idTokenAlgorithm: "RS256" | "ES256";
            /** @enum {string} */
            idTokenClaims: "named" | "scope";
            jwks?: {
                keys: {
                    [key: string]: unknown;
                }[];
            };
            jwksUri?: string;
            logoUri?: string;
            name: string;
            /** @enum {string} */
            pkce: "required" | "optional";
            policyUri?: string;
            postLogoutRedirectUris: string[];
            redirectUris: string[];
            register?: string[];
            requireAuthTime: boolean;
            roles: string[];
            scopes: string[];
            secret?: string;
            secrets: {
                until: number | null;
            }[];
            spread?: number;
            tosUri?: string;
            updatedAt: number;
        };
        AdminConsent: {
            client: string;
            expiresAt: number;
            grantedAt: number;
            name?: string;
            scopes: string[];
        };
        AdminDecision: {
            address?: string;
            api: string;
            at: number;
            claimed?: {
                client?: string;
                domain?: string;
                key?: string;
                subject?: string;
            };
            client?: string;
            /** @enum {string} */
            code: "allowed" | "forbidden" | "unauthenticated";
            credential?: string;
            domain?: string;
            key?: string;
            letter?: string;
            /** @enum {string} */
            mode: "strict" | "kept";
            ms: number;
            reason?: string;
            resource?: string;
            rule?: string;
            stage?: string;
            subject?: string;
        };
        AdminDecisions: {
            items: components["schemas"]["AdminDecision"][];
        };
        AdminDomain: {
            brand?: components["schemas"]["AdminBrand"];
            disabled: boolean;
            emailCodes: boolean;
            mailDomains: string[];
            name: string;
            /** @enum {string} */
            passwords: "full" | "seed";
            selfDelete: boolean;
            sessionAbsolute: number;
            sessionIdle: number;
            /** @enum {string} */
            signUp: "closed" | "invite" | "open";
        };
        AdminDomainChange: {
            brand?: components["schemas"]["AdminBrandChange"] | null;
            disabled?: boolean;
            emailCodes?: boolean | null;
            mailDomains?: string[] | null;
            passwords?: ("full" | "seed") | null;
            selfDelete?: boolean | null;
            sessionAbsolute?: number | null;
            sessionIdle?: number | null;
            signUp?: ("closed" | "invite" | "open") | null;
        };
        AdminDomainToken: {
            createdAt: number;
            createdBy: string;
            disabled: boolean;
            domain: string;
            expiresAt?: number;
            id: string;
            role: string;
        };
        AdminDomainTokenWithText: {
            createdAt: number;
            createdBy: string;
            disabled: boolean;
            domain: string;
            expiresAt?: number;
            id: string;
            role: string;
            token: string;
        };
        AdminEvent: {
            actor: {
                arn?: string;
                client?: string;
                ip?: string;
                key?: string;
                /** @enum {string} */
                kind: "user" | "client" | "key" | "aws" | "nobody";
                subject?: string;
                userAgent?: string;
                username?: string;
            };
            after?: {
                [key: string]: unknown;
            };
            at: number;
            before?: {
                [key: string]: unknown;
            };
            collection: string;
            cut?: string[];
            detail?: {
                [key: string]: unknown;
            };
            domain: string;
            id: string;
            migrated?: boolean;
            renewed?: string[];
            requestId?: string;
            seq?: number;
            subject: string;
            target: string;
            type: string;
            v: number;
        };
        AdminExplanation: {
            lacking: {
                letter?: string;
                resource?: string;
                /** @enum {string} */
                where: "credential" | "registry" | "method" | "roles" | "key" | "scope";
            }[];
            own: boolean;
            steps: {
                check: string;
                detail: string;
                passed: boolean;
            }[];
            /** @enum {string} */
            verdict: "allowed" | "forbidden" | "unauthenticated";
        };
        AdminImported: {
            changed: string[];
            created: string[];
            unchanged: string[];
        };
        AdminImportedUsers: {
            results: {
                code?: string;
                detail?: string;
                field?: string;
                id?: string;
                /** @enum {string} */
                rule?: "accent-unreadable" | "account-name-other" | "account-selection-required" | "acl-beside-roles" | "acl-empty" | "acl-expected" | "acl-inherited-too-long" | "acl-malformed" | "acl-too-long" | "acr-unmet" | "address-malformed" | "address-missing" | "address-unchanged" | "address-unconfirmed" | "already-taken" | "api-key-revoked" | "application-key-missing" | "application-key-wrong" | "authorization-header-malformed" | "body-too-large" | "caller-unproven" | "changed-meanwhile" | "claims-malformed" | "client-ambiguous" | "client-assertion-type-unknown" | "client-authentication-failed" | "client-authentication-repeated" | "client-changed-meanwhile" | "client-credentials-in-uri" | "client-credentials-public" | "client-disabled" | "client-domains-missing" | "client-id-missing" | "client-id-reserved" | "client-id-unusable" | "client-name-unusable" | "client-not-known" | "client-outranks" | "client-unknown" | "client-without-secret" | "code-challenge-malformed" | "code-challenge-method-unsupported" | "code-challenge-missing" | "code-challenge-required" | "code-verifier-malformed" | "code-verifier-unasked" | "consent-required" | "content-type-unexpected" | "creator-beside-owner" | "credential-missing" | "credential-of-another-kind" | "credentials-wrong" | "cursor-foreign" | "deletion-by-administrator" | "domain-disabled" | "domain-enabled" | "domain-in-use" | "domain-missing" | "domain-not-found" | "domain-of-root" | "domain-out-of-reach" | "domain-token-revoked" | "domain-token-unknown" | "domain-unknown" | "expiry-beyond-bound" | "expiry-past" | "expiry-too-far" | "field-empty" | "field-malformed" | "field-not-one-of" | "field-out-of-range" | "field-required" | "field-too-long" | "field-unknown" | "field-wrong-type" | "form-expected" | "grant-beyond-own" | "grant-invalid" | "grant-type-not-allowed" | "grant-type-unsupported" | "grants-missing" | "id-malformed" | "id-token-hint-invalid" | "id-token-hint-of-another-client" | "id-unchangeable" | "if-match-malformed" | "if-match-missing" | "invitation-accepted" | "invitations-closed" | "json-malformed" | "json-member-repeated" | "json-object-expected" | "jwks-count" | "jwks-key-type" | "jwks-misplaced" | "jwks-private" | "key-name-length" | "key-or-token-unknown" | "key-roles-missing" | "key-roles-too-many" | "key-roles-unowned" | "key-unknown" | "last-root" | "letters-malformed" | "link-over" | "login-name-unusable" | "login-required" | "logo-active" | "logo-address-unusable" | "logo-no-picture" | "logout-action-unknown" | "logout-request-too-long" | "mail-not-sent" | "max-age-malformed" | "member-name-unusable" | "method-not-allowed" | "named-before" | "no-mail-sent" | "no-such-place" | "nonce-too-long" | "not-a-navigation" | "not-permitted" | "not-unicode" | "nothing-named" | "old-password-wrong" | "origin-malformed" | "overlap-out-of-range" | "own-client" | "own-only" | "own-password" | "own-resource" | "own-resource-imported" | "own-trust" | "owner-unknown" | "page-uri-unusable" | "parameter-missing" | "parameter-repeated" | "parameter-unsupported" | "password-common" | "password-hash-too-dear" | "password-hash-unknown" | "password-leaked" | "password-length" | "password-length-of-seed" | "password-malformed" | "password-of-no-user" | "password-or-invitation" | "password-present" | "password-to-be-changed" | "password-unchanged" | "pattern-case" | "pattern-malformed" | "pattern-of-anything" | "pattern-swallows" | "pattern-taken" | "pattern-unmatchable" | "patterns-alike" | "person-only" | "pkce-required" | "post-logout-redirect-uri-unregistered" | "prompt-none-combined" | "prompt-unknown" | "range-reversed" | "redirect-uri-missing" | "redirect-uri-unregistered" | "redirect-uri-unusable" | "redirect-uris-missing" | "refresh-without-code" | "registry-full" | "request-parameter-repeated" | "request-too-long" | "resource-in-use" | "resource-name-malformed" | "resource-unknown" | "resource-unregistered" | "response-mode-unsupported" | "response-type-missing" | "response-type-not-allowed" | "response-type-unsupported" | "return-page-missing" | "return-page-unknown" | "role-cycle" | "role-heirs-too-many" | "role-held" | "role-inherited" | "role-name-held" | "role-name-malformed" | "role-name-resting" | "role-name-taken" | "role-not-found" | "role-unknown" | "roles-full" | "roles-too-large" | "root-in-disabled-domain" | "root-only" | "rotation-under-way" | "scope-malformed" | "scope-not-allowed" | "scope-token-malformed" | "scope-too-long" | "scope-wider-than-granted" | "search-too-wide" | "server-fault" | "server-uri-unusable" | "service-unavailable" | "session-unknown" | "sign-in-too-old" | "sign-up-closed" | "sign-up-without-domain" | "silent-client-root-only" | "spread-without-memory" | "state-malformed" | "state-too-long" | "subject-beside-domain" | "subject-or-domain" | "subject-outranks" | "text-malformed" | "token-expiry-unusable" | "token-invalid" | "token-lifetime-unusable" | "token-of-another-client" | "token-of-no-user" | "token-repeated" | "token-role-unusable" | "token-without-openid" | "too-many-attempts" | "too-much-at-once" | "too-much-to-name" | "user-disabled" | "user-outranks" | "user-refused" | "user-unknown" | "username-missing";
                /** @enum {string} */
                status: "created" | "updated" | "ready" | "differs" | "exists" | "refused";
            }[];
        };
        AdminKey: {
            acl?: {
                [key: string]: ("c" | "r" | "u" | "d" | "co" | "ro" | "uo" | "do" | "*")[];
            };
            calls?: number;
            createdAt: number;
            createdBy: string;
            disabled: boolean;
            expiresAt?: number;
            id: string;
            lastUsed?: number;
            left?: {
                [key: string]: ("c" | "r" | "u" | "d" | "co" | "ro" | "uo" | "do" | "*")[];
            };
            name: string;
            owner: string;
            ownerName?: string;
            roles?: string[];
            spread?: number;
        };
        AdminKeyWithText: {
            acl?: {
                [key: string]: ("c" | "r" | "u" | "d" | "co" | "ro" | "uo" | "do" | "*")[];
            };
            calls?: number;
            createdAt: number;
            createdBy: string;
            disabled: boolean;
            expiresAt?: number;
            id: string;
            key: string;
            lastUsed?: number;
            left?: {
                [key: string]: ("c" | "r" | "u" | "d" | "co" | "ro" | "uo" | "do" | "*")[];
            };
            name: string;
            owner: string;
            ownerName?: string;
            roles?: string[];
            spread?: number;
        };
        AdminLength: number;
        AdminMe: {
            acl: {
                [key: string]: ("c" | "r" | "u" | "d" | "co" | "ro" | "uo" | "do" | "*")[];
            };
            domain: string;
            id: string;
            kind: string;
            roles: string[];
            root: boolean;
            username: string;
        };
        AdminName: string;
        AdminNames: string[];
        AdminNewClient: {
            /** @enum {string} */
            accessTokenType?: "at+jwt" | "JWT";
            allowedOrigins?: string[];
            /** @enum {string} */
            authentication?: "secret" | "private_key_jwt" | "none";
            backchannelLogoutUri?: string;
            clientUri?: string;
            /** @enum {string} */
            consent?: "ask" | "never";
            defaultMaxAge?: components["schemas"]["AdminLength"];
            domain?: components["schemas"]["AdminName"];
            domains?: components["schemas"]["AdminNames"];
            grants?: ("client_credentials" | "authorization_code" | "refresh_token")[];
            id: components["schemas"]["AdminName"];
            /** @enum {string} */
            idTokenAlgorithm?: "RS256" | "ES256";
            /** @enum {string} */
            idTokenClaims?: "named" | "scope";
            jwks?: {
                keys: {
                    [key: string]: string | boolean | string[];
                }[];
            };
            jwksUri?: string;
            logoUri?: string;
            name: components["schemas"]["AdminName"];
            /** @enum {string} */
            pkce?: "required" | "optional";
            policyUri?: string;
            postLogoutRedirectUris?: string[];
            redirectUris?: string[];
            requireAuthTime?: boolean;
            /** @description Left out: []. */
            roles?: components["schemas"]["AdminNames"];
            /** @description Left out: []. */
            scopes?: components["schemas"]["AdminNames"];
            tosUri?: string;
        };
        AdminNewDomain: {
            name: string;
        };
        AdminNewDomainToken: {
            domain?: components["schemas"]["AdminName"];
            expiresAt: number;
            role: components["schemas"]["AdminName"];
        };
        AdminNewKey: {
            acl?: {
                [key: string]: ("c" | "r" | "u" | "d" | "co" | "ro" | "uo" | "do" | "*")[];
            };
            expiresAt?: number | null;
            name: string;
            owner?: components["schemas"]["AdminName"];
            roles?: components["schemas"]["AdminNames"];
        };
        AdminNewResource: {
            name: components["schemas"]["AdminName"];
            /** @description Left out: []. */
            patterns?: components["schemas"]["AdminNames"];
            title?: string;
            "title#cs"?: string;
        };
        AdminNewRole: {
            /** @description Left out: {}. */
            acl?: {
                [key: string]: ("c" | "r" | "u" | "d" | "co" | "ro" | "uo" | "do" | "*")[];
            };
            name: string;
            /** @description Left out: []. */
            parents?: components["schemas"]["AdminNames"];
        };
        AdminNewUser: {
            activated?: boolean;
            domain?: components["schemas"]["AdminName"];
            email?: string;
            /** @description Left out: false. */
            invite?: boolean;
            mustChangePassword?: boolean;
            password?: string;
            /** @description Left out: {}. */
            profile?: {
                address?: {
                    country?: components["schemas"]["AdminName"];
                    formatted?: components["schemas"]["AdminName"];
                    locality?: components["schemas"]["AdminName"];
                    postal_code?: components["schemas"]["AdminName"];
                    region?: components["schemas"]["AdminName"];
                    street_address?: components["schemas"]["AdminName"];
                };
                birthdate?: string;
                company?: components["schemas"]["AdminName"];
                family_name?: components["schemas"]["AdminName"];
                gender?: components["schemas"]["AdminName"];
                given_name?: components["schemas"]["AdminName"];
                locale?: components["schemas"]["AdminName"];
                middle_name?: components["schemas"]["AdminName"];
                name?: components["schemas"]["AdminName"];
                nickname?: components["schemas"]["AdminName"];
                phone_number?: components["schemas"]["AdminName"];
                picture?: components["schemas"]["AdminName"];
                profile?: components["schemas"]["AdminName"];
                website?: components["schemas"]["AdminName"];
                zoneinfo?: components["schemas"]["AdminName"];
            };
            /** @description Left out: []. */
            roles?: components["schemas"]["AdminNames"];
            username: components["schemas"]["AdminName"];
        };
        AdminProblem: {
            code: string;
            detail: string;
            errors?: {
                detail: string;
                field: string;
            }[];
            /** @enum {string} */
            rule: "accent-unreadable" | "account-name-other" | "account-selection-required" | "acl-beside-roles" | "acl-empty" | "acl-expected" | "acl-inherited-too-long" | "acl-malformed" | "acl-too-long" | "acr-unmet" | "address-malformed" | "address-missing" | "address-unchanged" | "address-unconfirmed" | "already-taken" | "api-key-revoked" | "application-key-missing" | "application-key-wrong" | "authorization-header-malformed" | "body-too-large" | "caller-unproven" | "changed-meanwhile" | "claims-malformed" | "client-ambiguous" | "client-assertion-type-unknown" | "client-authentication-failed" | "client-authentication-repeated" | "client-changed-meanwhile" | "client-credentials-in-uri" | "client-credentials-public" | "client-disabled" | "client-domains-missing" | "client-id-missing" | "client-id-reserved" | "client-id-unusable" | "client-name-unusable" | "client-not-known" | "client-outranks" | "client-unknown" | "client-without-secret" | "code-challenge-malformed" | "code-challenge-method-unsupported" | "code-challenge-missing" | "code-challenge-required" | "code-verifier-malformed" | "code-verifier-unasked" | "consent-required" | "content-type-unexpected" | "creator-beside-owner" | "credential-missing" | "credential-of-another-kind" | "credentials-wrong" | "cursor-foreign" | "deletion-by-administrator" | "domain-disabled" | "domain-enabled" | "domain-in-use" | "domain-missing" | "domain-not-found" | "domain-of-root" | "domain-out-of-reach" | "domain-token-revoked" | "domain-token-unknown" | "domain-unknown" | "expiry-beyond-bound" | "expiry-past" | "expiry-too-far" | "field-empty" | "field-malformed" | "field-not-one-of" | "field-out-of-range" | "field-required" | "field-too-long" | "field-unknown" | "field-wrong-type" | "form-expected" | "grant-beyond-own" | "grant-invalid" | "grant-type-not-allowed" | "grant-type-unsupported" | "grants-missing" | "id-malformed" | "id-token-hint-invalid" | "id-token-hint-of-another-client" | "id-unchangeable" | "if-match-malformed" | "if-match-missing" | "invitation-accepted" | "invitations-closed" | "json-malformed" | "json-member-repeated" | "json-object-expected" | "jwks-count" | "jwks-key-type" | "jwks-misplaced" | "jwks-private" | "key-name-length" | "key-or-token-unknown" | "key-roles-missing" | "key-roles-too-many" | "key-roles-unowned" | "key-unknown" | "last-root" | "letters-malformed" | "link-over" | "login-name-unusable" | "login-required" | "logo-active" | "logo-address-unusable" | "logo-no-picture" | "logout-action-unknown" | "logout-request-too-long" | "mail-not-sent" | "max-age-malformed" | "member-name-unusable" | "method-not-allowed" | "named-before" | "no-mail-sent" | "no-such-place" | "nonce-too-long" | "not-a-navigation" | "not-permitted" | "not-unicode" | "nothing-named" | "old-password-wrong" | "origin-malformed" | "overlap-out-of-range" | "own-client" | "own-only" | "own-password" | "own-resource" | "own-resource-imported" | "own-trust" | "owner-unknown" | "page-uri-unusable" | "parameter-missing" | "parameter-repeated" | "parameter-unsupported" | "password-common" | "password-hash-too-dear" | "password-hash-unknown" | "password-leaked" | "password-length" | "password-length-of-seed" | "password-malformed" | "password-of-no-user" | "password-or-invitation" | "password-present" | "password-to-be-changed" | "password-unchanged" | "pattern-case" | "pattern-malformed" | "pattern-of-anything" | "pattern-swallows" | "pattern-taken" | "pattern-unmatchable" | "patterns-alike" | "person-only" | "pkce-required" | "post-logout-redirect-uri-unregistered" | "prompt-none-combined" | "prompt-unknown" | "range-reversed" | "redirect-uri-missing" | "redirect-uri-unregistered" | "redirect-uri-unusable" | "redirect-uris-missing" | "refresh-without-code" | "registry-full" | "request-parameter-repeated" | "request-too-long" | "resource-in-use" | "resource-name-malformed" | "resource-unknown" | "resource-unregistered" | "response-mode-unsupported" | "response-type-missing" | "response-type-not-allowed" | "response-type-unsupported" | "return-page-missing" | "return-page-unknown" | "role-cycle" | "role-heirs-too-many" | "role-held" | "role-inherited" | "role-name-held" | "role-name-malformed" | "role-name-resting" | "role-name-taken" | "role-not-found" | "role-unknown" | "roles-full" | "roles-too-large" | "root-in-disabled-domain" | "root-only" | "rotation-under-way" | "scope-malformed" | "scope-not-allowed" | "scope-token-malformed" | "scope-too-long" | "scope-wider-than-granted" | "search-too-wide" | "server-fault" | "server-uri-unusable" | "service-unavailable" | "session-unknown" | "sign-in-too-old" | "sign-up-closed" | "sign-up-without-domain" | "silent-client-root-only" | "spread-without-memory" | "state-malformed" | "state-too-long" | "subject-beside-domain" | "subject-or-domain" | "subject-outranks" | "text-malformed" | "token-expiry-unusable" | "token-invalid" | "token-lifetime-unusable" | "token-of-another-client" | "token-of-no-user" | "token-repeated" | "token-role-unusable" | "token-without-openid" | "too-many-attempts" | "too-much-at-once" | "too-much-to-name" | "user-disabled" | "user-outranks" | "user-refused" | "user-unknown" | "username-missing";
            status: number;
            title: string;
            /** @constant */
            type: "about:blank";
        };
        AdminRenewal: {
            /** @description Left out: 0. */
            overlap?: components["schemas"]["AdminLength"];
        };
        AdminResource: {
            name: string;
            patterns: string[];
            title?: string;
            "title#cs"?: string;
        };
        AdminResourceChange: {
            patterns?: components["schemas"]["AdminNames"];
            title?: string | null;
            "title#cs"?: string | null;
        };
        AdminResourceImport: {
            /** @description Left out: false. */
            dryRun?: boolean;
            resources: {
                [key: string]: components["schemas"]["AdminNames"];
            };
            titles?: {
                [key: string]: string;
            };
        };
        AdminRole: {
            acl: {
                [key: string]: ("c" | "r" | "u" | "d" | "co" | "ro" | "uo" | "do" | "*")[];
            };
            effective: {
                [key: string]: ("c" | "r" | "u" | "d" | "co" | "ro" | "uo" | "do" | "*")[];
            };
            name: string;
            parents: string[];
        };
        AdminRoleChange: {
            acl?: {
                [key: string]: ("c" | "r" | "u" | "d" | "co" | "ro" | "uo" | "do" | "*")[] | null;
            };
            parents?: components["schemas"]["AdminNames"];
        };
        AdminRoleHolder: {
            disabled: boolean;
            domain: string;
            id: string;
            /** @enum {string} */
            kind: "user" | "client" | "api-key" | "domain-token";
            name: string;
        };
        AdminRolePreview: {
            after: components["schemas"]["AdminRole"];
            before: components["schemas"]["AdminRole"];
            effects: {
                gains: {
                    [key: string]: ("c" | "r" | "u" | "d" | "co" | "ro" | "uo" | "do" | "*")[];
                };
                holders: {
                    count: number;
                    more: boolean;
                };
                loses: {
                    [key: string]: ("c" | "r" | "u" | "d" | "co" | "ro" | "uo" | "do" | "*")[];
                };
                role: string;
            }[];
        };
        AdminSession: {
            client: string;
            createdAt: number;
            current: boolean;
            expiresAt: number;
            id: string;
            ip?: string;
            kind: string;
            scope?: string;
            subject: string;
            userAgent?: string;
            username: string;
        };
        AdminSettings: {
            faveoApiKeyMandatory: boolean;
            keyLifetime: number;
            maxKeyLifetime?: number;
            userCreateScope?: string[];
        };
        AdminSettingsChange: {
            faveoApiKeyMandatory?: boolean;
            keyLifetime?: number | null;
            maxKeyLifetime?: number | null;
            userCreateScope?: components["schemas"]["AdminNames"] | null;
        };
        AdminSigningKeys: {
            items: {
                age?: number;
                /** @enum {string} */
                algorithm: "ES256" | "RS256";
                kid: string;
                /** @enum {string} */
                part: "next" | "current" | "previous";
                signsFrom: number;
                verifiesUntil?: number;
            }[];
            withdrawnAt?: number;
        };
        AdminStatistics: {
            callsAllowed: {
                by: string;
                counts: number[];
            }[];
            callsRefused: {
                by: string;
                counts: number[];
            }[];
            from: number;
            sessionsEnded: {
                by: string;
                counts: number[];
            }[];
            signIns: {
                by: string;
                counts: number[];
            }[];
            signInsRefused: {
                by: string;
                counts: number[];
            }[];
            to: number;
        };
        AdminSwitch: {
            disabled?: boolean;
        };
        AdminUser: {
            activated: boolean;
            createdAt: number;
            disabled: boolean;
            domain: string;
            email?: string;
            id: string;
            invited?: boolean;
            lastSignIn?: number;
            mustChangePassword?: boolean;
            plan?: string;
            profile: {
                address?: {
                    country?: string;
                    formatted?: string;
                    locality?: string;
                    postal_code?: string;
                    region?: string;
                    street_address?: string;
                };
                birthdate?: string;
                company?: string;
                family_name?: string;
                gender?: string;
                given_name?: string;
                locale?: string;
                middle_name?: string;
                name?: string;
                nickname?: string;
                phone_number?: string;
                picture?: string;
                profile?: string;
                website?: string;
                zoneinfo?: string;
            };
            roles: string[];
            undeliverable?: {
                at: number;
                /** @enum {string} */
                why: "bounced" | "complained";
            };
            updatedAt: number;
            username: string;
            vendor?: string | string[];
            verified?: {
                email?: {
                    address: string;
                    at: number;
                    means: string;
                };
                phone_number?: {
                    address: string;
                    at: number;
                    means: string;
                };
            };
        };
        AdminUserChange: {
            activated?: boolean;
            disabled?: boolean;
            email?: string | null;
            mustChangePassword?: boolean;
            password?: string;
            plan?: components["schemas"]["AdminName"] | null;
            profile?: {
                address?: {
                    country?: components["schemas"]["AdminName"];
                    formatted?: components["schemas"]["AdminName"];
                    locality?: components["schemas"]["AdminName"];
                    postal_code?: components["schemas"]["AdminName"];
                    region?: components["schemas"]["AdminName"];
                    street_address?: components["schemas"]["AdminName"];
                } | null;
                birthdate?: string | null;
                company?: components["schemas"]["AdminName"] | null;
                family_name?: components["schemas"]["AdminName"] | null;
                gender?: components["schemas"]["AdminName"] | null;
                given_name?: components["schemas"]["AdminName"] | null;
                locale?: components["schemas"]["AdminName"] | null;
                middle_name?: components["schemas"]["AdminName"] | null;
                name?: components["schemas"]["AdminName"] | null;
                nickname?: components["schemas"]["AdminName"] | null;
                phone_number?: components["schemas"]["AdminName"] | null;
                picture?: components["schemas"]["AdminName"] | null;
                profile?: components["schemas"]["AdminName"] | null;
                website?: components["schemas"]["AdminName"] | null;
                zoneinfo?: components["schemas"]["AdminName"] | null;
            } | null;
            roles?: components["schemas"]["AdminNames"];
            username?: components["schemas"]["AdminName"];
            vendor?: (components["schemas"]["AdminName"] | components["schemas"]["AdminNames"]) | null;
        };
        AdminUserImport: {
            /** @description Left out: false. */
            dryRun?: boolean;
            import?: {
                id: string;
                lines: number[];
            };
            /**
             * @description Left out: "skip".
             * @enum {string}
             */
            onExists?: "skip" | "update";
            /** @description Left out: false. */
            replacePasswords?: boolean;
            /** @description Left out: false. */
            trustVerified?: boolean;
            users: unknown[];
        };
        AppmixerAccount: {
            email: string;
            id: string;
            isActive: boolean;
            plan: string;
            scope: string[];
            username: string;
        };
        AppmixerCount: {
            count: number;
        };
        AppmixerDeletion: {
            ticket: string;
        };
        AppmixerDeletionStatus: {
            /** @constant */
            status: "completed";
            /** @constant */
            stepsDone: 1;
            /** @constant */
            stepsTotal: 1;
        };
        AppmixerFailed: {
            error: string;
            message: string;
            statusCode: number;
        };
        AppmixerForgotten: {
            email: string;
        };
        AppmixerForgottenReset: {
            code: string;
            password: string;
        };
        AppmixerNewUser: {
            email: string;
            password: string;
            username: string;
        };
        AppmixerNothing: Record<string, never>;
        AppmixerPasswordChange: {
            newPassword: string;
            oldPassword: string;
        };
        AppmixerPasswordReset: {
            email: string;
            password: string;
        };
        AppmixerSignedIn: {
            token: string;
            user: {
                email: string;
                id: string;
                isActive: boolean;
                plan: string;
                username: string;
                vendor: (string | string[]) | null;
            };
        };
        AppmixerSignIn: {
            email?: string;
            password: string;
            username?: string;
        } | unknown | unknown;
        AppmixerUser: {
            /** Format: date-time */
            created: string;
            email: string;
            id: string;
            isActive: boolean;
            plan: string;
            scope: string[];
            username: string;
            vendor: (string | string[]) | null;
        };
        AppmixerUserChange: {
            created?: string;
            email?: string;
            id?: string;
            isActive?: boolean;
            password?: string;
            plan?: string;
            scope?: string[];
            username?: string;
            vendor?: (string | string[]) | null;
        };
        AppmixerUsers: components["schemas"]["AppmixerUser"][];
        FaveoAccessFailed: {
            message: string;
            /** @constant */
            success: false;
        };
        FaveoApplicationKey: {
            result: string;
        };
        FaveoFailed: {
            Error: string;
            status_code: number;
        } | components["schemas"]["FaveoFailedAsInSource"] | components["schemas"]["FaveoWrongApiKey"];
        FaveoFailedAsInSource: {
            error: string;
            status_code: number;
        };
        FaveoFaveoRenewal: {
            /** @description Left out: 0. */
            overlap?: number;
        };
        FaveoProfile: {
            /** @constant */
            account_status: "";
            /** @constant */
            account_type: "";
            /** @enum {number} */
            active: 0 | 1;
            /** @constant */
            agent_sign: "";
            agent_tzone: string;
            /** @constant */
            assign_group: 1;
            /** @enum {number} */
            ban: 0 | 1;
            company: string;
            /** @constant */
            country_code: 0;
            /** @description UTC. */
            created_at: string;
            /** @constant */
            daylight_save: "";
            /** @constant */
            directory_listing: "";
            email: string;
            /** @constant */
            ext: "";
            first_name: string;
            /** @constant */
            gender: 0;
            id: number;
            /** @constant */
            internal_note: "";
            /** @constant */
            is_delete: 0;
            last_name: string;
            /** @constant */
            limit_access: "";
            mobile: null;
            phone_number: string;
            /** @constant */
            primary_dpt: 1;
            profile_pic: string;
            role: string;
            /** @description UTC. */
            updated_at: string;
            user_language: string | null;
            user_name: string;
            /** @constant */
            vacation_mode: "";
        };
        FaveoSignedIn: {
            token: string;
            user_id: components["schemas"]["FaveoProfile"];
        };
        FaveoSignIn: {
            api_key?: string;
            password?: string;
            username?: string;
        };
        FaveoUser: {
            user: components["schemas"]["FaveoProfile"];
        };
        FaveoWrongApiKey: {
            /** @constant */
            result: "wrong api key";
        };
        GatewayError: {
            message: string;
        };
        OAuthFailed: {
            error: string;
            error_description: string;
        };
        OAuthIntrospected: {
            /** @constant */
            active: false;
        } | {
            /** @constant */
            active: true;
            aud?: string;
            client_id: string;
            domain: string;
            exp?: number;
            iat: number;
            /** Format: uri */
            iss: string;
            jti?: string;
            scope?: string;
            sid?: string;
            sub: string;
            /** @constant */
            token_type?: "Bearer";
            username?: string;
        };
        OAuthKeySet: {
            keys: ({
                /** @constant */
                alg: "ES256";
                /** @constant */
                crv: "P-256";
                kid: string;
                /** @constant */
                kty: "EC";
                /** @constant */
                use: "sig";
                x: string;
                y: string;
            } | {
                /** @constant */
                alg: "RS256";
                e: string;
                kid: string;
                /** @constant */
                kty: "RSA";
                n: string;
                /** @constant */
                use: "sig";
            })[];
        };
        OAuthMetadata: {
            acr_values_supported: string[];
            /** Format: uri */
            authorization_endpoint: string;
            authorization_response_iss_parameter_supported: boolean;
            backchannel_logout_session_supported: boolean;
            backchannel_logout_supported: boolean;
            claim_types_supported: string[];
            claims_parameter_supported: boolean;
            claims_supported: string[];
            code_challenge_methods_supported: string[];
            /** Format: uri */
            end_session_endpoint: string;
            grant_types_supported: string[];
            id_token_signing_alg_values_supported: string[];
            /** Format: uri */
            introspection_endpoint: string;
            introspection_endpoint_auth_methods_supported: string[];
            introspection_endpoint_auth_signing_alg_values_supported: string[];
            /** Format: uri */
            issuer: string;
            /** Format: uri */
            jwks_uri: string;
            request_parameter_supported: boolean;
            request_uri_parameter_supported: boolean;
            response_modes_supported: string[];
            response_types_supported: string[];
            /** Format: uri */
            revocation_endpoint: string;
            revocation_endpoint_auth_methods_supported: string[];
            revocation_endpoint_auth_signing_alg_values_supported: string[];
            scopes_supported: string[];
            subject_types_supported: string[];
            /** Format: uri */
            token_endpoint: string;
            token_endpoint_auth_methods_supported: string[];
            token_endpoint_auth_signing_alg_values_supported: string[];
            ui_locales_supported: string[];
            /** Format: uri */
            userinfo_endpoint: string;
        };
        OAuthRevocation: {
            client_assertion?: string;
            client_assertion_type?: string;
            client_id?: string;
            client_secret?: string;
            token: string;
            token_type_hint?: string;
        };
        OAuthRevoked: Record<string, never>;
        OAuthTokenOfUser: {
            access_token: string;
            /** @description Seconds. */
            expires_in: number;
            id_token?: string;
            refresh_token?: string;
            /** @description Where it is not the one that was asked for. */
            scope?: string;
            /** @constant */
            token_type: "Bearer";
        };
        OAuthTokenRequest: {
            client_assertion?: string;
            client_assertion_type?: string;
            client_id?: string;
            client_secret?: string;
            code?: string;
            code_verifier?: string;
            /** @enum {string} */
            grant_type: "client_credentials" | "authorization_code" | "refresh_token";
            redirect_uri?: string;
            refresh_token?: string;
            scope?: string;
        };
        OAuthUserInfo: {
            address?: {
                country?: string;
                formatted?: string;
                locality?: string;
                postal_code?: string;
                region?: string;
                street_address?: string;
            };
            birthdate?: string;
            /** @description Of the user; for a client that is registered for domains. */
            domain?: string;
            email?: string;
            email_verified?: boolean;
            family_name?: string;
            gender?: string;
            given_name?: string;
            locale?: string;
            middle_name?: string;
            name?: string;
            nickname?: string;
            phone_number?: string;
            phone_number_verified?: boolean;
            picture?: string;
            preferred_username?: string;
            profile?: string;
            roles?: string[];
            sub: string;
            updated_at?: number;
            website?: string;
            zoneinfo?: string;
        };
        OpenIDAuthorizationParameters: {
            acr_values?: string;
            claims?: string;
            client_id?: string;
            code_challenge?: string;
            code_challenge_method?: string;
            display?: string;
            id_token_hint?: string;
            login_hint?: string;
            max_age?: string;
            nonce?: string;
            prompt?: string;
            redirect_uri?: string;
            response_mode?: string;
            response_type?: string;
            scope?: string;
            state?: string;
            ui_locales?: string;
        };
        OpenIDIntrospection: {
            client_assertion?: string;
            client_assertion_type?: string;
            client_id?: string;
            client_secret?: string;
            token: string;
            token_type_hint?: string;
        };
        OpenIDLogoutParameters: {
            client_id?: string;
            id_token_hint?: string;
            post_logout_redirect_uri?: string;
            state?: string;
            ui_locales?: string;
        };
        OpenIDSignInForm: {
            action?: string;
            issued_at?: string;
            password?: string;
            request?: string;
            token?: string;
            username?: string;
        };
        WebitelCreated: {
            /** @constant */
            info: "Created";
            /** @constant */
            status: "OK";
        };
        WebitelDestroyed: {
            /** @constant */
            info: "Destroyed";
            /** @constant */
            status: "OK";
        };
        WebitelDomainToken: {
            createdBy: string;
            /** @description Milliseconds since the epoch. */
            createdOn: number;
            enabled: boolean;
            /** @description Milliseconds since the epoch. */
            expire: number;
            roleName: string;
            /** Format: uuid */
            uuid: string;
        };
        WebitelDomainTokens: {
            info: components["schemas"]["WebitelDomainToken"][];
            /** @constant */
            status: "OK";
        };
        WebitelDomainTokenState: {
            state: boolean;
        };
        WebitelFailed: {
            info: string;
            /** @constant */
            status: "error";
        };
        WebitelHalves: {
            access_token?: string;
            x_key?: string;
        };
        WebitelIssuedDomainToken: {
            info: {
                data: components["schemas"]["WebitelDomainToken"];
                token: string;
            };
            /** @constant */
            status: "OK";
        };
        WebitelLoggedIn: {
            acl: {
                [key: string]: ("c" | "r" | "u" | "d" | "co" | "ro" | "uo" | "do" | "*")[];
            };
            cdr: {
                host: string;
                useProxy: string;
            };
            /** @description Milliseconds since the epoch. */
            expires: number;
            /** Format: uuid */
            key: string;
            /** @description -1 for a role without a number. */
            role: number;
            roleName: string;
            token: string;
            username: string;
        };
        WebitelLoggedOut: {
            /** @constant */
            info: "Successful logout.";
            /** @constant */
            status: "OK";
        };
        WebitelLogin: {
            /** @description Left out: "". */
            password?: string;
            username: string;
        };
        WebitelNewDomainToken: {
            expire: number;
            role: string;
        };
        WebitelNewRole: {
            /** @description Left out: {}. */
            allows?: {
                [key: string]: ("c" | "r" | "u" | "d" | "co" | "ro" | "uo" | "do" | "*")[];
            } | null;
            /** @description Left out: []. */
            parents?: (string[] | string) | null;
            roles: string[] | string;
        };
        WebitelRoleAcl: {
            info: {
                [key: string]: ("c" | "r" | "u" | "d" | "co" | "ro" | "uo" | "do" | "*")[];
            };
            /** @constant */
            status: "OK";
        };
        WebitelRoles: {
            info: {
                parents: {
                    [key: string]: string[];
                };
                roles: string[];
            };
            /** @constant */
            status: "OK";
        };
        WebitelSwitchedDomainToken: {
            info: components["schemas"]["WebitelDomainToken"];
            /** @constant */
            status: "OK";
        };
        WebitelUpdated: {
            /** @constant */
            info: "Updated";
            /** @constant */
            status: "OK";
        };
        WebitelWhoami: {
            acl: {
                [key: string]: ("c" | "r" | "u" | "d" | "co" | "ro" | "uo" | "do" | "*")[];
            };
            cdr: {
                host: string;
                useProxy: string;
            };
            domain: string;
            /** @description Milliseconds since the epoch. */
            expires?: number;
            id: string;
            roleName: string;
        };
    };
    responses: {
        /** @description The input is not valid; the text names the field where there is one. */
        Admin400: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["AdminProblem"];
            };
        };
        /** @description There is no valid credential. */
        Admin401: {
            headers: {
                /** @description The scheme that would get in (RFC 9110 §11.6.1). */
                "WWW-Authenticate": string;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["AdminProblem"];
            };
        };
        /** @description The caller may not do this. */
        Admin403: {
            headers: {
                /** @description The scheme that would get in (RFC 9110 §11.6.1). */
                "WWW-Authenticate"?: string;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["AdminProblem"];
            };
        };
        /** @description There is no such thing, or none within reach. */
        Admin404: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["AdminProblem"];
            };
        };
        /** @description It contradicts what is there, such as a name that is taken. */
        Admin409: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["AdminProblem"];
            };
        };
        /** @description The thing was changed since it was read. */
        Admin412: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["AdminProblem"];
            };
        };
        /** @description The body is larger than 64 KB. */
        Admin413: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["AdminProblem"];
            };
        };
        /** @description If-Match is missing. */
        Admin428: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["AdminProblem"];
            };
        };
        /** @description Too many requests, or too many attempts to sign in. */
        Admin429: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["GatewayError"];
            };
        };
        /** @description A fault of the service. */
        Admin500: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["GatewayError"];
                "application/problem+json": components["schemas"]["AdminProblem"];
            };
        };
        /** @description The service is temporarily unavailable. */
        Admin503: {
            headers: {
                /** @description Seconds after which another try may succeed. */
                "Retry-After"?: string;
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["GatewayError"];
                "application/problem+json": components["schemas"]["AdminProblem"];
            };
        };
        /** @description The input is not valid; the text names the field where there is one. */
        Appmixer400: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["AppmixerFailed"];
            };
        };
        /** @description There is no valid credential. */
        Appmixer401: {
            headers: {
                /** @description The scheme that would get in (RFC 9110 §11.6.1). */
                "WWW-Authenticate": string;
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["AppmixerFailed"];
            };
        };
        /** @description The caller may not do this. */
        Appmixer403: {
            headers: {
                /** @description The scheme that would get in (RFC 9110 §11.6.1). */
                "WWW-Authenticate"?: string;
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["AppmixerFailed"];
            };
        };
        /** @description There is no such thing, or none within reach. */
        Appmixer404: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["AppmixerFailed"];
            };
        };
        /** @description It contradicts what is there, such as a name that is taken. */
        Appmixer409: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["AppmixerFailed"];
            };
        };
        /** @description The body is larger than 64 KB. */
        Appmixer413: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["AppmixerFailed"];
            };
        };
        /** @description Too many requests, or too many attempts to sign in. */
        Appmixer429: {
            headers: {
                /** @description Seconds after which another try may succeed. */
                "Retry-After"?: string;
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["AppmixerFailed"] | components["schemas"]["GatewayError"];
            };
        };
        /** @description A fault of the service. */
        Appmixer500: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["AppmixerFailed"] | components["schemas"]["GatewayError"];
            };
        };
        /** @description The service is temporarily unavailable. */
        Appmixer503: {
            headers: {
                /** @description Seconds after which another try may succeed. */
                "Retry-After"?: string;
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["AppmixerFailed"] | components["schemas"]["GatewayError"];
            };
        };
        /** @description The input is not valid; the text names the field where there is one. */
        Discovery400: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["OAuthFailed"];
            };
        };
        /** @description There is no such thing, or none within reach. */
        Discovery404: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["OAuthFailed"];
            };
        };
        /** @description Too many requests, or too many attempts to sign in. */
        Discovery429: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["GatewayError"];
            };
        };
        /** @description A fault of the service. */
        Discovery500: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["OAuthFailed"] | components["schemas"]["GatewayError"];
            };
        };
        /** @description The service is temporarily unavailable. */
        Discovery503: {
            headers: {
                /** @description Seconds after which another try may succeed. */
                "Retry-After"?: string;
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["OAuthFailed"] | components["schemas"]["GatewayError"];
            };
        };
        /** @description The input is not valid; the text names the field where there is one. */
        Faveo400: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["FaveoFailed"];
            };
        };
        /** @description There is no valid credential. */
        Faveo401: {
            headers: {
                /** @description The scheme that would get in (RFC 9110 §11.6.1). */
                "WWW-Authenticate": string;
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["FaveoFailed"];
            };
        };
        /** @description The caller may not do this. */
        Faveo403: {
            headers: {
                /** @description The scheme that would get in (RFC 9110 §11.6.1). */
                "WWW-Authenticate"?: string;
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["FaveoAccessFailed"];
            };
        };
        /** @description There is no such thing, or none within reach. */
        Faveo404: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["FaveoAccessFailed"];
            };
        };
        /** @description The body is larger than 64 KB. */
        Faveo413: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["FaveoFailed"];
            };
        };
        /** @description Too many requests, or too many attempts to sign in. */
        Faveo429: {
            headers: {
                /** @description Seconds after which another try may succeed. */
                "Retry-After"?: string;
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["FaveoFailed"] | components["schemas"]["GatewayError"];
            };
        };
        /** @description A fault of the service. */
        Faveo500: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["FaveoFailed"] | components["schemas"]["GatewayError"];
            };
        };
        /** @description The service is temporarily unavailable. */
        Faveo503: {
            headers: {
                /** @description Seconds after which another try may succeed. */
                "Retry-After"?: string;
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["FaveoFailed"] | components["schemas"]["GatewayError"];
            };
        };
        /** @description The input is not valid; the text names the field where there is one. */
        OAuth400: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["OAuthFailed"];
            };
        };
        /** @description There is no valid credential. */
        OAuth401: {
            headers: {
                /** @description The scheme that would get in (RFC 9110 §11.6.1). */
                "WWW-Authenticate": string;
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["OAuthFailed"];
            };
        };
        /** @description The body is larger than 64 KB. */
        OAuth413: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["OAuthFailed"];
            };
        };
        /** @description Too many requests, or too many attempts to sign in. */
        OAuth429: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["GatewayError"];
            };
        };
        /** @description A fault of the service. */
        OAuth500: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["OAuthFailed"] | components["schemas"]["GatewayError"];
            };
        };
        /** @description The service is temporarily unavailable. */
        OAuth503: {
            headers: {
                /** @description Seconds after which another try may succeed. */
                "Retry-After"?: string;
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["OAuthFailed"] | components["schemas"]["GatewayError"];
            };
        };
        /** @description The input is not valid; the text names the field where there is one. */
        OpenID400: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "text/html": string;
            };
        };
        /** @description There is no valid credential. */
        OpenID401: {
            headers: {
                /** @description The scheme that would get in (RFC 9110 §11.6.1). */
                "WWW-Authenticate": string;
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["OAuthFailed"];
            };
        };
        /** @description The caller may not do this. */
        OpenID403: {
            headers: {
                /** @description The scheme that would get in (RFC 9110 §11.6.1). */
                "WWW-Authenticate"?: string;
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["OAuthFailed"];
            };
        };
        /** @description The body is larger than 64 KB. */
        OpenID413: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "text/html": string;
            };
        };
        /** @description Too many requests, or too many attempts to sign in. */
        OpenID429: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["GatewayError"];
            };
        };
        /** @description A fault of the service. */
        OpenID500: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["GatewayError"];
                "text/html": string;
            };
        };
        /** @description The service is temporarily unavailable. */
        OpenID503: {
            headers: {
                /** @description Seconds after which another try may succeed. */
                "Retry-After"?: string;
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["GatewayError"];
                "text/html": string;
            };
        };
        /** @description The input is not valid; the text names the field where there is one. */
        Webitel400: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["WebitelFailed"];
            };
        };
        /** @description There is no valid credential. */
        Webitel401: {
            headers: {
                /** @description The scheme that would get in (RFC 9110 §11.6.1). */
                "WWW-Authenticate": string;
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["WebitelFailed"];
            };
        };
        /** @description The caller may not do this. */
        Webitel403: {
            headers: {
                /** @description The scheme that would get in (RFC 9110 §11.6.1). */
                "WWW-Authenticate"?: string;
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["WebitelFailed"];
            };
        };
        /** @description There is no such thing, or none within reach. */
        Webitel404: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["WebitelFailed"];
            };
        };
        /** @description It contradicts what is there, such as a name that is taken. */
        Webitel409: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["WebitelFailed"];
            };
        };
        /** @description The body is larger than 64 KB. */
        Webitel413: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["WebitelFailed"];
            };
        };
        /** @description Too many requests, or too many attempts to sign in. */
        Webitel429: {
            headers: {
                /** @description Seconds after which another try may succeed. */
                "Retry-After"?: string;
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["WebitelFailed"] | components["schemas"]["GatewayError"];
            };
        };
        /** @description A fault of the service. */
        Webitel500: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["WebitelFailed"] | components["schemas"]["GatewayError"];
            };
        };
        /** @description The service is temporarily unavailable. */
        Webitel503: {
            headers: {
                /** @description Seconds after which another try may succeed. */
                "Retry-After"?: string;
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["WebitelFailed"] | components["schemas"]["GatewayError"];
            };
        };
    };
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    adminListAudit: {
        parameters: {
            query?: {
                /** @description Only what this user or client did, or whoever had the AWS credentials of this ARN. */
                actor?: string;
                /** @description Only what was done from this address. */
                address?: string;
                /** @description Only what happened in this collection. */
                collection?: "sessions" | "consents" | "users" | "clients" | "keys" | "domain-tokens" | "roles" | "resources" | "domains" | "mail" | "settings" | "signing-keys";
                /** @description The `next` of the page before: for the same caller, list and filters. Without it, the first page. */
                cursor?: string;
                /** @description Only what happened in this domain. */
                domain?: string;
                /** @description Epoch seconds, included. */
                from?: number;
                /** @description How many at most. */
                limit?: number;
                /** @description Only what happened to it: an id, or the name of a role, a resource or a domain. */
                target?: string;
                /** @description Epoch seconds, included; now, unless it is said. */
                to?: number;
                /** @description Only events of this type. */
                type?: "session.opened" | "session.refused" | "session.signed-out" | "session.ended" | "session.reused" | "consent.given" | "consent.withdrawn" | "user.created" | "user.invited" | "user.changed" | "user.disabled" | "user.enabled" | "user.deleted" | "user.password-changed" | "user.signed-out" | "user.made-administrator" | "client.created" | "client.changed" | "client.disabled" | "client.enabled" | "client.deleted" | "client.secret-changed" | "client.signed-out" | "key.created" | "key.changed" | "key.disabled" | "key.enabled" | "key.deleted" | "key.secret-changed" | "domain-token.created" | "domain-token.changed" | "domain-token.disabled" | "domain-token.enabled" | "domain-token.deleted" | "role.created" | "role.changed" | "role.deleted" | "resource.created" | "resource.changed" | "resource.deleted" | "resources.imported" | "domain.created" | "domain.changed" | "domain.disabled" | "domain.enabled" | "domain.deleted" | "domain.signed-out" | "mail.resumed" | "settings.changed" | "signing-keys.rotation-requested" | "signing-keys.rotated" | "signing-keys.withdrawn";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["AdminEvent"][];
                        next?: string;
                    };
                };
            };
            /** @description To the portal, for a browser; it signs the person in, and calls this there. */
            303: {
                headers: {
                    /** @description Where to go. */
                    Location: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Admin400"];
            401: components["responses"]["Admin401"];
            403: components["responses"]["Admin403"];
            404: components["responses"]["Admin404"];
            429: components["responses"]["Admin429"];
            500: components["responses"]["Admin500"];
            503: components["responses"]["Admin503"];
        };
    };
    adminListDecisions: {
        parameters: {
            query: {
                /** @description How far back. */
                hours?: number;
                /** @description As in `apigw-requestid` or `x-amzn-requestid` of the answer. */
                request: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description None where none is found. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdminDecisions"];
                };
            };
            /** @description To the portal, for a browser; it signs the person in, and calls this there. */
            303: {
                headers: {
                    /** @description Where to go. */
                    Location: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Admin400"];
            401: components["responses"]["Admin401"];
            403: components["responses"]["Admin403"];
            429: components["responses"]["Admin429"];
            500: components["responses"]["Admin500"];
            503: components["responses"]["Admin503"];
        };
    };
    adminListClients: {
        parameters: {
            query?: {
                /** @description `scopes`: only clients that are registered for no scope of an API; `register` names those to add. */
                check?: "scopes";
                /** @description The `next` of the page before: for the same caller, list and filters. Without it, the first page. */
                cursor?: string;
                /** @description The domain; the caller's own, unless it is said. */
                domain?: string;
                /** @description How many at most. */
                limit?: number;
                /** @description Only those whose id begins with it. */
                prefix?: string;
                /** @description Only those who hold this role by name. */
                role?: string;
                /** @description Only those who are enabled, or disabled. */
                state?: "enabled" | "disabled";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["AdminClient"][];
                        next?: string;
                    };
                };
            };
            /** @description To the portal, for a browser; it signs the person in, and calls this there. */
            303: {
                headers: {
                    /** @description Where to go. */
                    Location: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Admin400"];
            401: components["responses"]["Admin401"];
            403: components["responses"]["Admin403"];
            404: components["responses"]["Admin404"];
            429: components["responses"]["Admin429"];
            500: components["responses"]["Admin500"];
            503: components["responses"]["Admin503"];
        };
    };
    adminCreateClient: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "id": "backend",
                 *       "name": "Backend",
                 *       "roles": [
                 *         "api"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["AdminNewClient"];
            };
        };
        responses: {
            /** @description Created. */
            201: {
                headers: {
                    /** @description Which state of the thing this is; for If-Match. */
                    ETag: string;
                    /** @description Where to go. */
                    Location: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdminClientWithSecret"];
                };
            };
            400: components["responses"]["Admin400"];
            401: components["responses"]["Admin401"];
            403: components["responses"]["Admin403"];
            404: components["responses"]["Admin404"];
            409: components["responses"]["Admin409"];
            413: components["responses"]["Admin413"];
            429: components["responses"]["Admin429"];
            500: components["responses"]["Admin500"];
            503: components["responses"]["Admin503"];
        };
    };
    adminShowClient: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Which one. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As it is now. */
            200: {
                headers: {
                    /** @description Which state of the thing this is; for If-Match. */
                    ETag: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdminClient"];
                };
            };
            /** @description To the portal, for a browser; it signs the person in, and calls this there. */
            303: {
                headers: {
                    /** @description Where to go. */
                    Location: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Admin400"];
            401: components["responses"]["Admin401"];
            403: components["responses"]["Admin403"];
            404: components["responses"]["Admin404"];
            429: components["responses"]["Admin429"];
            500: components["responses"]["Admin500"];
            503: components["responses"]["Admin503"];
        };
    };
    adminDeleteClient: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag of the state that is meant; `*` for whatever is there. Several are separated by commas. */
                "If-Match"?: string;
            };
            path: {
                /** @description Which one. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is gone, now or already. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Admin400"];
            401: components["responses"]["Admin401"];
            403: components["responses"]["Admin403"];
            409: components["responses"]["Admin409"];
            412: components["responses"]["Admin412"];
            429: components["responses"]["Admin429"];
            500: components["responses"]["Admin500"];
            503: components["responses"]["Admin503"];
        };
    };
    adminChangeClient: {
        parameters: {
            query?: never;
            header: {
                /** @description The ETag of the state that is meant; `*` for whatever is there. Several are separated by commas. */
                "If-Match": string;
            };
            path: {
                /** @description Which one. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "scopes": [
                 *         "cdr/files:r"
                 *       ]
                 *     }
                 */
                "application/merge-patch+json": components["schemas"]["AdminClientChange"];
            };
        };
        responses: {
            /** @description As it is now. */
            200: {
                headers: {
                    /** @description Which state of the thing this is; for If-Match. */
                    ETag: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdminClient"];
                };
            };
            400: components["responses"]["Admin400"];
            401: components["responses"]["Admin401"];
            403: components["responses"]["Admin403"];
            404: components["responses"]["Admin404"];
            409: components["responses"]["Admin409"];
            412: components["responses"]["Admin412"];
            413: components["responses"]["Admin413"];
            428: components["responses"]["Admin428"];
            429: components["responses"]["Admin429"];
            500: components["responses"]["Admin500"];
            503: components["responses"]["Admin503"];
        };
    };
    adminRenewClientSecret: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag of the state that is meant; `*` for whatever is there. Several are separated by commas. */
                "If-Match"?: string;
            };
            path: {
                /** @description Which one. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "overlap": 3600
                 *     }
                 */
                "application/json": components["schemas"]["AdminRenewal"];
            };
        };
        responses: {
            /** @description With the new secret. */
            200: {
                headers: {
                    /** @description Which state of the thing this is; for If-Match. */
                    ETag: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdminClientWithSecret"];
                };
            };
            400: components["responses"]["Admin400"];
            401: components["responses"]["Admin401"];
            403: components["responses"]["Admin403"];
            404: components["responses"]["Admin404"];
            409: components["responses"]["Admin409"];
            412: components["responses"]["Admin412"];
            413: components["responses"]["Admin413"];
            429: components["responses"]["Admin429"];
            500: components["responses"]["Admin500"];
            503: components["responses"]["Admin503"];
        };
    };
    adminListDomainTokens: {
        parameters: {
            query?: {
                /** @description The id of who made them, whoever they belong to; in place of whose they are. */
                createdBy?: string;
                /** @description The `next` of the page before: for the same caller, list and filters. Without it, the first page. */
                cursor?: string;
                /** @description The domain; the caller's own, unless it is said. */
                domain?: string;
                /** @description How many at most. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["AdminDomainToken"][];
                        next?: string;
                    };
                };
            };
            /** @description To the portal, for a browser; it signs the person in, and calls this there. */
            303: {
                headers: {
                    /** @description Where to go. */
                    Location: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Admin400"];
            401: components["responses"]["Admin401"];
            403: components["responses"]["Admin403"];
            404: components["responses"]["Admin404"];
            429: components["responses"]["Admin429"];
            500: components["responses"]["Admin500"];
            503: components["responses"]["Admin503"];
        };
    };
    adminCreateDomainToken: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "role": "user",
                 *       "expiresAt": 1900000000
                 *     }
                 */
                "application/json": components["schemas"]["AdminNewDomainToken"];
            };
        };
        responses: {
            /** @description Created. */
            201: {
                headers: {
                    /** @description Which state of the thing this is; for If-Match. */
                    ETag: string;
                    /** @description Where to go. */
                    Location: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdminDomainTokenWithText"];
                };
            };
            400: components["responses"]["Admin400"];
            401: components["responses"]["Admin401"];
            403: components["responses"]["Admin403"];
            404: components["responses"]["Admin404"];
            409: components["responses"]["Admin409"];
            413: components["responses"]["Admin413"];
            429: components["responses"]["Admin429"];
            500: components["responses"]["Admin500"];
            503: components["responses"]["Admin503"];
        };
    };
    adminShowDomainToken: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Which one. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As it is now. */
            200: {
                headers: {
                    /** @description Which state of the thing this is; for If-Match. */
                    ETag: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdminDomainToken"];
                };
            };
            /** @description To the portal, for a browser; it signs the person in, and calls this there. */
            303: {
                headers: {
                    /** @description Where to go. */
                    Location: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Admin400"];
            401: components["responses"]["Admin401"];
            403: components["responses"]["Admin403"];
            404: components["responses"]["Admin404"];
            429: components["responses"]["Admin429"];
            500: components["responses"]["Admin500"];
            503: components["responses"]["Admin503"];
        };
    };
    adminDeleteDomainToken: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag of the state that is meant; `*` for whatever is there. Several are separated by commas. */
                "If-Match"?: string;
            };
            path: {
                /** @description Which one. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is gone, now or already. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Admin400"];
            401: components["responses"]["Admin401"];
            403: components["responses"]["Admin403"];
            409: components["responses"]["Admin409"];
            412: components["responses"]["Admin412"];
            429: components["responses"]["Admin429"];
            500: components["responses"]["Admin500"];
            503: components["responses"]["Admin503"];
        };
    };
    adminChangeDomainToken: {
        parameters: {
            query?: never;
            header: {
                /** @description The ETag of the state that is meant; `*` for whatever is there. Several are separated by commas. */
                "If-Match": string;
            };
            path: {
                /** @description Which one. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "disabled": true
                 *     }
                 */
                "application/merge-patch+json": components["schemas"]["AdminSwitch"];
            };
        };
        responses: {
            /** @description As it is now. */
            200: {
                headers: {
                    /** @description Which state of the thing this is; for If-Match. */
                    ETag: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdminDomainToken"];
                };
            };
            400: components["responses"]["Admin400"];
            401: components["responses"]["Admin401"];
            403: components["responses"]["Admin403"];
            404: components["responses"]["Admin404"];
            409: components["responses"]["Admin409"];
            412: components["responses"]["Admin412"];
            413: components["responses"]["Admin413"];
            428: components["responses"]["Admin428"];
            429: components["responses"]["Admin429"];
            500: components["responses"]["Admin500"];
            503: components["responses"]["Admin503"];
        };
    };
    adminListDomains: {
        parameters: {
            query?: {
                /** @description The `next` of the page before: for the same caller, list and filters. Without it, the first page. */
                cursor?: string;
                /** @description How many at most. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["AdminDomain"][];
                        next?: string;
                    };
                };
            };
            /** @description To the portal, for a browser; it signs the person in, and calls this there. */
            303: {
                headers: {
                    /** @description Where to go. */
                    Location: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Admin400"];
            401: components["responses"]["Admin401"];
            403: components["responses"]["Admin403"];
            404: components["responses"]["Admin404"];
            429: components["responses"]["Admin429"];
            500: components["responses"]["Admin500"];
            503: components["responses"]["Admin503"];
        };
    };
    adminCreateDomain: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "mydomain.com"
                 *     }
                 */
                "application/json": components["schemas"]["AdminNewDomain"];
            };
        };
        responses: {
            /** @description Created. */
            201: {
                headers: {
                    /** @description Which state of the thing this is; for If-Match. */
                    ETag: string;
                    /** @description Where to go. */
                    Location: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdminDomain"];
                };
            };
            400: components["responses"]["Admin400"];
            401: components["responses"]["Admin401"];
            403: components["responses"]["Admin403"];
            404: components["responses"]["Admin404"];
            409: components["responses"]["Admin409"];
            413: components["responses"]["Admin413"];
            429: components["responses"]["Admin429"];
            500: components["responses"]["Admin500"];
            503: components["responses"]["Admin503"];
        };
    };
    adminShowDomain: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Which one. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As it is now. */
            200: {
                headers: {
                    /** @description Which state of the thing this is; for If-Match. */
                    ETag: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdminDomain"];
                };
            };
            /** @description To the portal, for a browser; it signs the person in, and calls this there. */
            303: {
                headers: {
                    /** @description Where to go. */
                    Location: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Admin400"];
            401: components["responses"]["Admin401"];
            403: components["responses"]["Admin403"];
            404: components["responses"]["Admin404"];
            429: components["responses"]["Admin429"];
            500: components["responses"]["Admin500"];
            503: components["responses"]["Admin503"];
        };
    };
    adminDeleteDomain: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag of the state that is meant; `*` for whatever is there. Several are separated by commas. */
                "If-Match"?: string;
            };
            path: {
                /** @description Which one. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is gone, now or already. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Admin400"];
            401: components["responses"]["Admin401"];
            403: components["responses"]["Admin403"];
            409: components["responses"]["Admin409"];
            412: components["responses"]["Admin412"];
            429: components["responses"]["Admin429"];
            500: components["responses"]["Admin500"];
            503: components["responses"]["Admin503"];
        };
    };
    adminChangeDomain: {
        parameters: {
            query?: never;
            header: {
                /** @description The ETag of the state that is meant; `*` for whatever is there. Several are separated by commas. */
                "If-Match": string;
            };
            path: {
                /** @description Which one. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "disabled": true
                 *     }
                 */
                "application/merge-patch+json": components["schemas"]["AdminDomainChange"];
            };
        };
        responses: {
            /** @description As it is now. */
            200: {
                headers: {
                    /** @description Which state of the thing this is; for If-Match. */
                    ETag: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdminDomain"];
                };
            };
            400: components["responses"]["Admin400"];
            401: components["responses"]["Admin401"];
            403: components["responses"]["Admin403"];
            404: components["responses"]["Admin404"];
            409: components["responses"]["Admin409"];
            412: components["responses"]["Admin412"];
            413: components["responses"]["Admin413"];
            428: components["responses"]["Admin428"];
            429: components["responses"]["Admin429"];
            500: components["responses"]["Admin500"];
            503: components["responses"]["Admin503"];
        };
    };
    adminListKeys: {
        parameters: {
            query?: {
                /** @description The id of who made them, whoever they belong to; in place of whose they are. */
                createdBy?: string;
                /** @description The `next` of the page before: for the same caller, list and filters. Without it, the first page. */
                cursor?: string;
                /** @description In place of an owner: all of this domain, the first to expire first. */
                domain?: string;
                /** @description How many at most. */
                limit?: number;
                /** @description The id of a user or a client, or `domain#` and a name; the caller, unless it is said. */
                owner?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["AdminKey"][];
                        next?: string;
                    };
                };
            };
            /** @description To the portal, for a browser; it signs the person in, and calls this there. */
            303: {
                headers: {
                    /** @description Where to go. */
                    Location: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Admin400"];
            401: components["responses"]["Admin401"];
            403: components["responses"]["Admin403"];
            404: components["responses"]["Admin404"];
            429: components["responses"]["Admin429"];
            500: components["responses"]["Admin500"];
            503: components["responses"]["Admin503"];
        };
    };
    adminCreateKey: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "ci",
                 *       "acl": {
                 *         "cdr": [
                 *           "r"
                 *         ]
                 *       },
                 *       "expiresAt": 1900000000
                 *     }
                 */
                "application/json": components["schemas"]["AdminNewKey"];
            };
        };
        responses: {
            /** @description Created. */
            201: {
                headers: {
                    /** @description Which state of the thing this is; for If-Match. */
                    ETag: string;
                    /** @description Where to go. */
                    Location: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdminKeyWithText"];
                };
            };
            400: components["responses"]["Admin400"];
            401: components["responses"]["Admin401"];
            403: components["responses"]["Admin403"];
            404: components["responses"]["Admin404"];
            409: components["responses"]["Admin409"];
            413: components["responses"]["Admin413"];
            429: components["responses"]["Admin429"];
            500: components["responses"]["Admin500"];
            503: components["responses"]["Admin503"];
        };
    };
    adminShowKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Which one. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As it is now. */
            200: {
                headers: {
                    /** @description Which state of the thing this is; for If-Match. */
                    ETag: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdminKey"];
                };
            };
            /** @description To the portal, for a browser; it signs the person in, and calls this there. */
            303: {
                headers: {
                    /** @description Where to go. */
                    Location: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Admin400"];
            401: components["responses"]["Admin401"];
            403: components["responses"]["Admin403"];
            404: components["responses"]["Admin404"];
            429: components["responses"]["Admin429"];
            500: components["responses"]["Admin500"];
            503: components["responses"]["Admin503"];
        };
    };
    adminDeleteKey: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag of the state that is meant; `*` for whatever is there. Several are separated by commas. */
                "If-Match"?: string;
            };
            path: {
                /** @description Which one. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is gone, now or already. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Admin400"];
            401: components["responses"]["Admin401"];
            403: components["responses"]["Admin403"];
            409: components["responses"]["Admin409"];
            412: components["responses"]["Admin412"];
            429: components["responses"]["Admin429"];
            500: components["responses"]["Admin500"];
            503: components["responses"]["Admin503"];
        };
    };
    adminChangeKey: {
        parameters: {
            query?: never;
            header: {
                /** @description The ETag of the state that is meant; `*` for whatever is there. Several are separated by commas. */
                "If-Match": string;
            };
            path: {
                /** @description Which one. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "disabled": true
                 *     }
                 */
                "application/merge-patch+json": {
                    disabled?: boolean;
                    spread?: number;
                };
            };
        };
        responses: {
            /** @description As it is now. */
            200: {
                headers: {
                    /** @description Which state of the thing this is; for If-Match. */
                    ETag: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdminKey"];
                };
            };
            400: components["responses"]["Admin400"];
            401: components["responses"]["Admin401"];
            403: components["responses"]["Admin403"];
            404: components["responses"]["Admin404"];
            409: components["responses"]["Admin409"];
            412: components["responses"]["Admin412"];
            413: components["responses"]["Admin413"];
            428: components["responses"]["Admin428"];
            429: components["responses"]["Admin429"];
            500: components["responses"]["Admin500"];
            503: components["responses"]["Admin503"];
        };
    };
    adminRenewKeySecret: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag of the state that is meant; `*` for whatever is there. Several are separated by commas. */
                "If-Match"?: string;
            };
            path: {
                /** @description Which one. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "overlap": 3600
                 *     }
                 */
                "application/json": components["schemas"]["AdminRenewal"];
            };
        };
        responses: {
            /** @description With the new secret. */
            200: {
                headers: {
                    /** @description Which state of the thing this is; for If-Match. */
                    ETag: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdminKeyWithText"];
                };
            };
            400: components["responses"]["Admin400"];
            401: components["responses"]["Admin401"];
            403: components["responses"]["Admin403"];
            404: components["responses"]["Admin404"];
            409: components["responses"]["Admin409"];
            412: components["responses"]["Admin412"];
            413: components["responses"]["Admin413"];
            429: components["responses"]["Admin429"];
            500: components["responses"]["Admin500"];
            503: components["responses"]["Admin503"];
        };
    };
    adminShowMe: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As of now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdminMe"];
                };
            };
            /** @description To the portal, for a browser; it signs the person in, and calls this there. */
            303: {
                headers: {
                    /** @description Where to go. */
                    Location: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Admin401"];
            403: components["responses"]["Admin403"];
            429: components["responses"]["Admin429"];
            500: components["responses"]["Admin500"];
            503: components["responses"]["Admin503"];
        };
    };
    adminListMyActivity: {
        parameters: {
            query?: {
                /** @description The `next` of the page before: for the same caller, list and filters. Without it, the first page. */
                cursor?: string;
                /** @description How many at most. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["AdminAct"][];
                        next?: string;
                    };
                };
            };
            /** @description To the portal, for a browser; it signs the person in, and calls this there. */
            303: {
                headers: {
                    /** @description Where to go. */
                    Location: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Admin400"];
            401: components["responses"]["Admin401"];
            403: components["responses"]["Admin403"];
            429: components["responses"]["Admin429"];
            500: components["responses"]["Admin500"];
            503: components["responses"]["Admin503"];
        };
    };
    adminListMyConsents: {
        parameters: {
            query?: {
                /** @description The `next` of the page before: for the same caller, list and filters. Without it, the first page. */
                cursor?: string;
                /** @description How many at most. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["AdminConsent"][];
                        next?: string;
                    };
                };
            };
            /** @description To the portal, for a browser; it signs the person in, and calls this there. */
            303: {
                headers: {
                    /** @description Where to go. */
                    Location: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Admin400"];
            401: components["responses"]["Admin401"];
            403: components["responses"]["Admin403"];
            404: components["responses"]["Admin404"];
            429: components["responses"]["Admin429"];
            500: components["responses"]["Admin500"];
            503: components["responses"]["Admin503"];
        };
    };
    adminWithdrawMyConsent: {
        parameters: {
            query: {
                /** @description The id of the client. */
                client: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It has no access, now or already. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Admin400"];
            401: components["responses"]["Admin401"];
            403: components["responses"]["Admin403"];
            404: components["responses"]["Admin404"];
            429: components["responses"]["Admin429"];
            500: components["responses"]["Admin500"];
            503: components["responses"]["Admin503"];
        };
    };
    adminExplainMe: {
        parameters: {
            query: {
                /** @description Of the call, in capitals. */
                method: string;
                /** @description Of the call, percent-encoded as it is sent. */
                path: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As of now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdminExplanation"];
                };
            };
            /** @description To the portal, for a browser; it signs the person in, and calls this there. */
            303: {
                headers: {
                    /** @description Where to go. */
                    Location: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Admin400"];
            401: components["responses"]["Admin401"];
            403: components["responses"]["Admin403"];
            429: components["responses"]["Admin429"];
            500: components["responses"]["Admin500"];
            503: components["responses"]["Admin503"];
        };
    };
    adminListResources: {
        parameters: {
            query?: {
                /** @description The `next` of the page before: for the same caller, list and filters. Without it, the first page. */
                cursor?: string;
                /** @description How many at most. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["AdminResource"][];
                        next?: string;
                    };
                };
            };
            /** @description To the portal, for a browser; it signs the person in, and calls this there. */
            303: {
                headers: {
                    /** @description Where to go. */
                    Location: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Admin400"];
            401: components["responses"]["Admin401"];
            403: components["responses"]["Admin403"];
            404: components["responses"]["Admin404"];
            429: components["responses"]["Admin429"];
            500: components["responses"]["Admin500"];
            503: components["responses"]["Admin503"];
        };
    };
    adminCreateResource: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "cdr/files",
                 *       "patterns": [
                 *         "/cdr/files"
                 *       ],
                 *       "title": "Recordings",
                 *       "title#cs": "Nahrávky"
                 *     }
                 */
                "application/json": components["schemas"]["AdminNewResource"];
            };
        };
        responses: {
            /** @description Created. */
            201: {
                headers: {
                    /** @description Which state of the thing this is; for If-Match. */
                    ETag: string;
                    /** @description Where to go. */
                    Location: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdminResource"];
                };
            };
            400: components["responses"]["Admin400"];
            401: components["responses"]["Admin401"];
            403: components["responses"]["Admin403"];
            404: components["responses"]["Admin404"];
            409: components["responses"]["Admin409"];
            413: components["responses"]["Admin413"];
            429: components["responses"]["Admin429"];
            500: components["responses"]["Admin500"];
            503: components["responses"]["Admin503"];
        };
    };
    adminImportResources: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "resources": {
                 *         "orders": [
                 *           "/v1/orders"
                 *         ]
                 *       },
                 *       "dryRun": true
                 *     }
                 */
                "application/merge-patch+json": components["schemas"]["AdminResourceImport"];
            };
        };
        responses: {
            /** @description What became of each. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdminImported"];
                };
            };
            400: components["responses"]["Admin400"];
            401: components["responses"]["Admin401"];
            403: components["responses"]["Admin403"];
            409: components["responses"]["Admin409"];
            413: components["responses"]["Admin413"];
            429: components["responses"]["Admin429"];
            500: components["responses"]["Admin500"];
            503: components["responses"]["Admin503"];
        };
    };
    adminShowResource: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Which one. Slashes may stand as they are, or as %2F. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As it is now. */
            200: {
                headers: {
                    /** @description Which state of the thing this is; for If-Match. */
                    ETag: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdminResource"];
                };
            };
            /** @description To the portal, for a browser; it signs the person in, and calls this there. */
            303: {
                headers: {
                    /** @description Where to go. */
                    Location: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Admin400"];
            401: components["responses"]["Admin401"];
            403: components["responses"]["Admin403"];
            404: components["responses"]["Admin404"];
            429: components["responses"]["Admin429"];
            500: components["responses"]["Admin500"];
            503: components["responses"]["Admin503"];
        };
    };
    adminDeleteResource: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag of the state that is meant; `*` for whatever is there. Several are separated by commas. */
                "If-Match"?: string;
            };
            path: {
                /** @description Which one. Slashes may stand as they are, or as %2F. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is gone, now or already. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Admin400"];
            401: components["responses"]["Admin401"];
            403: components["responses"]["Admin403"];
            409: components["responses"]["Admin409"];
            412: components["responses"]["Admin412"];
            429: components["responses"]["Admin429"];
            500: components["responses"]["Admin500"];
            503: components["responses"]["Admin503"];
        };
    };
    adminChangeResource: {
        parameters: {
            query?: never;
            header: {
                /** @description The ETag of the state that is meant; `*` for whatever is there. Several are separated by commas. */
                "If-Match": string;
            };
            path: {
                /** @description Which one. Slashes may stand as they are, or as %2F. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "patterns": [
                 *         "/cdr/files"
                 *       ]
                 *     }
                 */
                "application/merge-patch+json": components["schemas"]["AdminResourceChange"];
            };
        };
        responses: {
            /** @description As it is now. */
            200: {
                headers: {
                    /** @description Which state of the thing this is; for If-Match. */
                    ETag: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdminResource"];
                };
            };
            400: components["responses"]["Admin400"];
            401: components["responses"]["Admin401"];
            403: components["responses"]["Admin403"];
            404: components["responses"]["Admin404"];
            409: components["responses"]["Admin409"];
            412: components["responses"]["Admin412"];
            413: components["responses"]["Admin413"];
            428: components["responses"]["Admin428"];
            429: components["responses"]["Admin429"];
            500: components["responses"]["Admin500"];
            503: components["responses"]["Admin503"];
        };
    };
    adminListRoles: {
        parameters: {
            query?: {
                /** @description The `next` of the page before: for the same caller, list and filters. Without it, the first page. */
                cursor?: string;
                /** @description How many at most. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["AdminRole"][];
                        next?: string;
                    };
                };
            };
            /** @description To the portal, for a browser; it signs the person in, and calls this there. */
            303: {
                headers: {
                    /** @description Where to go. */
                    Location: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Admin400"];
            401: components["responses"]["Admin401"];
            403: components["responses"]["Admin403"];
            404: components["responses"]["Admin404"];
            429: components["responses"]["Admin429"];
            500: components["responses"]["Admin500"];
            503: components["responses"]["Admin503"];
        };
    };
    adminCreateRole: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "support",
                 *       "parents": [
                 *         "user"
                 *       ],
                 *       "acl": {
                 *         "cdr": [
                 *           "r",
                 *           "u"
                 *         ]
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["AdminNewRole"];
            };
        };
        responses: {
            /** @description Created. */
            201: {
                headers: {
                    /** @description Which state of the thing this is; for If-Match. */
                    ETag: string;
                    /** @description Where to go. */
                    Location: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdminRole"];
                };
            };
            400: components["responses"]["Admin400"];
            401: components["responses"]["Admin401"];
            403: components["responses"]["Admin403"];
            404: components["responses"]["Admin404"];
            409: components["responses"]["Admin409"];
            413: components["responses"]["Admin413"];
            429: components["responses"]["Admin429"];
            500: components["responses"]["Admin500"];
            503: components["responses"]["Admin503"];
        };
    };
    adminShowRole: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Which one. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As it is now. */
            200: {
                headers: {
                    /** @description Which state of the thing this is; for If-Match. */
                    ETag: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdminRole"];
                };
            };
            /** @description To the portal, for a browser; it signs the person in, and calls this there. */
            303: {
                headers: {
                    /** @description Where to go. */
                    Location: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Admin400"];
            401: components["responses"]["Admin401"];
            403: components["responses"]["Admin403"];
            404: components["responses"]["Admin404"];
            429: components["responses"]["Admin429"];
            500: components["responses"]["Admin500"];
            503: components["responses"]["Admin503"];
        };
    };
    adminDeleteRole: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag of the state that is meant; `*` for whatever is there. Several are separated by commas. */
                "If-Match"?: string;
            };
            path: {
                /** @description Which one. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is gone, now or already. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Admin400"];
            401: components["responses"]["Admin401"];
            403: components["responses"]["Admin403"];
            409: components["responses"]["Admin409"];
            412: components["responses"]["Admin412"];
            429: components["responses"]["Admin429"];
            500: components["responses"]["Admin500"];
            503: components["responses"]["Admin503"];
        };
    };
    adminChangeRole: {
        parameters: {
            query?: never;
            header: {
                /** @description The ETag of the state that is meant; `*` for whatever is there. Several are separated by commas. */
                "If-Match": string;
            };
            path: {
                /** @description Which one. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "acl": {
                 *         "cdr": null
                 *       }
                 *     }
                 */
                "application/merge-patch+json": components["schemas"]["AdminRoleChange"];
            };
        };
        responses: {
            /** @description As it is now. */
            200: {
                headers: {
                    /** @description Which state of the thing this is; for If-Match. */
                    ETag: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdminRole"];
                };
            };
            400: components["responses"]["Admin400"];
            401: components["responses"]["Admin401"];
            403: components["responses"]["Admin403"];
            404: components["responses"]["Admin404"];
            409: components["responses"]["Admin409"];
            412: components["responses"]["Admin412"];
            413: components["responses"]["Admin413"];
            428: components["responses"]["Admin428"];
            429: components["responses"]["Admin429"];
            500: components["responses"]["Admin500"];
            503: components["responses"]["Admin503"];
        };
    };
    adminListRoleHolders: {
        parameters: {
            query?: {
                /** @description The `next` of the page before: for the same caller, list and filters. Without it, the first page. */
                cursor?: string;
                /** @description Only those of this domain. */
                domain?: string;
                /** @description How many at most. */
                limit?: number;
            };
            header?: never;
            path: {
                /** @description Which one. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["AdminRoleHolder"][];
                        next?: string;
                    };
                };
            };
            /** @description To the portal, for a browser; it signs the person in, and calls this there. */
            303: {
                headers: {
                    /** @description Where to go. */
                    Location: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Admin400"];
            401: components["responses"]["Admin401"];
            403: components["responses"]["Admin403"];
            404: components["responses"]["Admin404"];
            429: components["responses"]["Admin429"];
            500: components["responses"]["Admin500"];
            503: components["responses"]["Admin503"];
        };
    };
    adminPreviewRole: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Which one. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "acl": {
                 *         "cdr": null
                 *       }
                 *     }
                 */
                "application/merge-patch+json": components["schemas"]["AdminRoleChange"];
            };
        };
        responses: {
            /** @description Who gains what, and who loses what. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdminRolePreview"];
                };
            };
            400: components["responses"]["Admin400"];
            401: components["responses"]["Admin401"];
            403: components["responses"]["Admin403"];
            404: components["responses"]["Admin404"];
            413: components["responses"]["Admin413"];
            429: components["responses"]["Admin429"];
            500: components["responses"]["Admin500"];
            503: components["responses"]["Admin503"];
        };
    };
    adminListSessions: {
        parameters: {
            query?: {
                /** @description Only those that were opened from this address. */
                address?: string;
                /** @description Only those of this client. */
                client?: string;
                /** @description The `next` of the page before: for the same caller, list and filters. Without it, the first page. */
                cursor?: string;
                /** @description In place of a subject: all of this domain, the last to expire first. */
                domain?: string;
                /** @description Only those of this kind, as the list shows it. */
                kind?: string;
                /** @description How many at most. */
                limit?: number;
                /** @description The id of a user or a client; the caller, unless it is said. */
                subject?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["AdminSession"][];
                        next?: string;
                    };
                };
            };
            /** @description To the portal, for a browser; it signs the person in, and calls this there. */
            303: {
                headers: {
                    /** @description Where to go. */
                    Location: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Admin400"];
            401: components["responses"]["Admin401"];
            403: components["responses"]["Admin403"];
            404: components["responses"]["Admin404"];
            429: components["responses"]["Admin429"];
            500: components["responses"]["Admin500"];
            503: components["responses"]["Admin503"];
        };
    };
    adminSignOut: {
        parameters: {
            query?: {
                /** @description a whole domain. */
                domain?: string;
                /** @description The id of a user or a client; or else */
                subject?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All have ended. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Admin400"];
            401: components["responses"]["Admin401"];
            403: components["responses"]["Admin403"];
            404: components["responses"]["Admin404"];
            409: components["responses"]["Admin409"];
            429: components["responses"]["Admin429"];
            500: components["responses"]["Admin500"];
            503: components["responses"]["Admin503"];
        };
    };
    adminShowSession: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Which one. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdminSession"];
                };
            };
            /** @description To the portal, for a browser; it signs the person in, and calls this there. */
            303: {
                headers: {
                    /** @description Where to go. */
                    Location: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Admin400"];
            401: components["responses"]["Admin401"];
            403: components["responses"]["Admin403"];
            404: components["responses"]["Admin404"];
            429: components["responses"]["Admin429"];
            500: components["responses"]["Admin500"];
            503: components["responses"]["Admin503"];
        };
    };
    adminEndSession: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Which one. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is gone, now or already. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Admin400"];
            401: components["responses"]["Admin401"];
            403: components["responses"]["Admin403"];
            429: components["responses"]["Admin429"];
            500: components["responses"]["Admin500"];
            503: components["responses"]["Admin503"];
        };
    };
    adminExplain: {
        parameters: {
            query: {
                /** @description Of the call, in capitals. */
                method: string;
                /** @description Of the call, percent-encoded as it is sent. */
                path: string;
            };
            header?: never;
            path: {
                /** @description Which one. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As of now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdminExplanation"];
                };
            };
            /** @description To the portal, for a browser; it signs the person in, and calls this there. */
            303: {
                headers: {
                    /** @description Where to go. */
                    Location: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Admin400"];
            401: components["responses"]["Admin401"];
            403: components["responses"]["Admin403"];
            404: components["responses"]["Admin404"];
            429: components["responses"]["Admin429"];
            500: components["responses"]["Admin500"];
            503: components["responses"]["Admin503"];
        };
    };
    adminShowSettings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As they are now. */
            200: {
                headers: {
                    /** @description Which state of the thing this is; for If-Match. */
                    ETag: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdminSettings"];
                };
            };
            /** @description To the portal, for a browser; it signs the person in, and calls this there. */
            303: {
                headers: {
                    /** @description Where to go. */
                    Location: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Admin401"];
            403: components["responses"]["Admin403"];
            429: components["responses"]["Admin429"];
            500: components["responses"]["Admin500"];
            503: components["responses"]["Admin503"];
        };
    };
    adminChangeSettings: {
        parameters: {
            query?: never;
            header: {
                /** @description The ETag of the state that is meant; `*` for whatever is there. Several are separated by commas. */
                "If-Match": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "userCreateScope": [
                 *         "admin"
                 *       ]
                 *     }
                 */
                "application/merge-patch+json": components["schemas"]["AdminSettingsChange"];
            };
        };
        responses: {
            /** @description As they are now. */
            200: {
                headers: {
                    /** @description Which state of the thing this is; for If-Match. */
                    ETag: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdminSettings"];
                };
            };
            400: components["responses"]["Admin400"];
            401: components["responses"]["Admin401"];
            403: components["responses"]["Admin403"];
            409: components["responses"]["Admin409"];
            412: components["responses"]["Admin412"];
            413: components["responses"]["Admin413"];
            428: components["responses"]["Admin428"];
            429: components["responses"]["Admin429"];
            500: components["responses"]["Admin500"];
            503: components["responses"]["Admin503"];
        };
    };
    adminListSigningKeys: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As they are now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdminSigningKeys"];
                };
            };
            /** @description To the portal, for a browser; it signs the person in, and calls this there. */
            303: {
                headers: {
                    /** @description Where to go. */
                    Location: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Admin401"];
            403: components["responses"]["Admin403"];
            429: components["responses"]["Admin429"];
            500: components["responses"]["Admin500"];
            503: components["responses"]["Admin503"];
        };
    };
    adminRotateSigningKeys: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is asked for; as they are until then. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdminSigningKeys"];
                };
            };
            401: components["responses"]["Admin401"];
            403: components["responses"]["Admin403"];
            409: components["responses"]["Admin409"];
            429: components["responses"]["Admin429"];
            500: components["responses"]["Admin500"];
            503: components["responses"]["Admin503"];
        };
    };
    adminWithdrawSigningKeys: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is asked for; as they are until then. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdminSigningKeys"];
                };
            };
            401: components["responses"]["Admin401"];
            403: components["responses"]["Admin403"];
            409: components["responses"]["Admin409"];
            429: components["responses"]["Admin429"];
            500: components["responses"]["Admin500"];
            503: components["responses"]["Admin503"];
        };
    };
    adminShowStatistics: {
        parameters: {
            query?: {
                /** @description The last 24 hours, or the last seven days; the last hour still runs. */
                span?: "24h" | "7d";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As counted so far. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdminStatistics"];
                };
            };
            /** @description To the portal, for a browser; it signs the person in, and calls this there. */
            303: {
                headers: {
                    /** @description Where to go. */
                    Location: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Admin400"];
            401: components["responses"]["Admin401"];
            403: components["responses"]["Admin403"];
            429: components["responses"]["Admin429"];
            500: components["responses"]["Admin500"];
            503: components["responses"]["Admin503"];
        };
    };
    adminListAlarms: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As of now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdminAlarms"];
                };
            };
            /** @description To the portal, for a browser; it signs the person in, and calls this there. */
            303: {
                headers: {
                    /** @description Where to go. */
                    Location: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Admin401"];
            403: components["responses"]["Admin403"];
            429: components["responses"]["Admin429"];
            500: components["responses"]["Admin500"];
            503: components["responses"]["Admin503"];
        };
    };
    adminListUsers: {
        parameters: {
            query?: {
                /** @description The `next` of the page before: for the same caller, list and filters. Without it, the first page. */
                cursor?: string;
                /** @description The domain; the caller's own, unless it is said. */
                domain?: string;
                /** @description How many at most. */
                limit?: number;
                /** @description Only the one who signs in with this name or e-mail address. */
                login?: string;
                /** @description Only those whose username begins with it, in any letter case. */
                prefix?: string;
                /** @description Only those who hold this role by name. */
                role?: string;
                /** @description Only those who are enabled, or disabled. */
                state?: "enabled" | "disabled";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["AdminUser"][];
                        next?: string;
                    };
                };
            };
            /** @description To the portal, for a browser; it signs the person in, and calls this there. */
            303: {
                headers: {
                    /** @description Where to go. */
                    Location: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Admin400"];
            401: components["responses"]["Admin401"];
            403: components["responses"]["Admin403"];
            404: components["responses"]["Admin404"];
            429: components["responses"]["Admin429"];
            500: components["responses"]["Admin500"];
            503: components["responses"]["Admin503"];
        };
    };
    adminCreateUser: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "username": "bob@mydomain.com",
                 *       "password": "correct horse",
                 *       "roles": [
                 *         "user"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["AdminNewUser"];
            };
        };
        responses: {
            /** @description Created. */
            201: {
                headers: {
                    /** @description Which state of the thing this is; for If-Match. */
                    ETag: string;
                    /** @description Where to go. */
                    Location: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdminUser"];
                };
            };
            400: components["responses"]["Admin400"];
            401: components["responses"]["Admin401"];
            403: components["responses"]["Admin403"];
            404: components["responses"]["Admin404"];
            409: components["responses"]["Admin409"];
            413: components["responses"]["Admin413"];
            429: components["responses"]["Admin429"];
            500: components["responses"]["Admin500"];
            503: components["responses"]["Admin503"];
        };
    };
    adminShowUser: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Which one. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As it is now. */
            200: {
                headers: {
                    /** @description Which state of the thing this is; for If-Match. */
                    ETag: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdminUser"];
                };
            };
            /** @description To the portal, for a browser; it signs the person in, and calls this there. */
            303: {
                headers: {
                    /** @description Where to go. */
                    Location: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Admin400"];
            401: components["responses"]["Admin401"];
            403: components["responses"]["Admin403"];
            404: components["responses"]["Admin404"];
            429: components["responses"]["Admin429"];
            500: components["responses"]["Admin500"];
            503: components["responses"]["Admin503"];
        };
    };
    adminDeleteUser: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag of the state that is meant; `*` for whatever is there. Several are separated by commas. */
                "If-Match"?: string;
            };
            path: {
                /** @description Which one. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is gone, now or already. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Admin400"];
            401: components["responses"]["Admin401"];
            403: components["responses"]["Admin403"];
            409: components["responses"]["Admin409"];
            412: components["responses"]["Admin412"];
            429: components["responses"]["Admin429"];
            500: components["responses"]["Admin500"];
            503: components["responses"]["Admin503"];
        };
    };
    adminChangeUser: {
        parameters: {
            query?: never;
            header: {
                /** @description The ETag of the state that is meant; `*` for whatever is there. Several are separated by commas. */
                "If-Match": string;
            };
            path: {
                /** @description Which one. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "disabled": true,
                 *       "email": null
                 *     }
                 */
                "application/merge-patch+json": components["schemas"]["AdminUserChange"];
            };
        };
        responses: {
            /** @description As it is now. */
            200: {
                headers: {
                    /** @description Which state of the thing this is; for If-Match. */
                    ETag: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdminUser"];
                };
            };
            400: components["responses"]["Admin400"];
            401: components["responses"]["Admin401"];
            403: components["responses"]["Admin403"];
            404: components["responses"]["Admin404"];
            409: components["responses"]["Admin409"];
            412: components["responses"]["Admin412"];
            413: components["responses"]["Admin413"];
            428: components["responses"]["Admin428"];
            429: components["responses"]["Admin429"];
            500: components["responses"]["Admin500"];
            503: components["responses"]["Admin503"];
        };
    };
    adminListConsents: {
        parameters: {
            query?: {
                /** @description The `next` of the page before: for the same caller, list and filters. Without it, the first page. */
                cursor?: string;
                /** @description How many at most. */
                limit?: number;
            };
            header?: never;
            path: {
                /** @description Which one. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["AdminConsent"][];
                        next?: string;
                    };
                };
            };
            /** @description To the portal, for a browser; it signs the person in, and calls this there. */
            303: {
                headers: {
                    /** @description Where to go. */
                    Location: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Admin400"];
            401: components["responses"]["Admin401"];
            403: components["responses"]["Admin403"];
            404: components["responses"]["Admin404"];
            429: components["responses"]["Admin429"];
            500: components["responses"]["Admin500"];
            503: components["responses"]["Admin503"];
        };
    };
    adminWithdrawConsent: {
        parameters: {
            query: {
                /** @description The id of the client. */
                client: string;
            };
            header?: never;
            path: {
                /** @description Which one. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It has no access, now or already. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Admin400"];
            401: components["responses"]["Admin401"];
            403: components["responses"]["Admin403"];
            404: components["responses"]["Admin404"];
            429: components["responses"]["Admin429"];
            500: components["responses"]["Admin500"];
            503: components["responses"]["Admin503"];
        };
    };
    adminInviteUser: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Which one. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The mail is on its way. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, never>;
                };
            };
            400: components["responses"]["Admin400"];
            401: components["responses"]["Admin401"];
            403: components["responses"]["Admin403"];
            404: components["responses"]["Admin404"];
            409: components["responses"]["Admin409"];
            429: components["responses"]["Admin429"];
            500: components["responses"]["Admin500"];
            503: components["responses"]["Admin503"];
        };
    };
    adminImportUsers: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "users": [
                 *         {
                 *           "username": "ada@mydomain.com",
                 *           "roles": [
                 *             "user"
                 *           ],
                 *           "passwordHash": "$2b$05$HDThP4oaA50klHfcqCLv4OWBRYJ..pNNKZX9v6er8IRsdzBqjkG.q"
                 *         }
                 *       ],
                 *       "dryRun": true
                 *     }
                 */
                "application/json": components["schemas"]["AdminUserImport"];
            };
        };
        responses: {
            /** @description What became of each. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdminImportedUsers"];
                };
            };
            400: components["responses"]["Admin400"];
            401: components["responses"]["Admin401"];
            403: components["responses"]["Admin403"];
            413: components["responses"]["Admin413"];
            429: components["responses"]["Admin429"];
            500: components["responses"]["Admin500"];
            503: components["responses"]["Admin503"];
        };
    };
    faveoApiKey: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The key. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FaveoApplicationKey"];
                };
            };
            /** @description To the portal, for a browser; it signs the person in, and calls this there. */
            303: {
                headers: {
                    /** @description Where to go. */
                    Location: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The input is not valid; the text names the field where there is one. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FaveoAccessFailed"];
                };
            };
            /** @description There is no valid credential. */
            401: {
                headers: {
                    /** @description The scheme that would get in (RFC 9110 §11.6.1). */
                    "WWW-Authenticate": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FaveoAccessFailed"];
                };
            };
            403: components["responses"]["Faveo403"];
            /** @description Too many requests, or too many attempts to sign in. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayError"];
                };
            };
            /** @description A fault of the service. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FaveoAccessFailed"] | components["schemas"]["GatewayError"];
                };
            };
            /** @description The service is temporarily unavailable. */
            503: {
                headers: {
                    /** @description Seconds after which another try may succeed. */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FaveoAccessFailed"] | components["schemas"]["GatewayError"];
                };
            };
        };
    };
    faveoRenewApiKey: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "overlap": 86400
                 *     }
                 */
                "application/json": components["schemas"]["FaveoFaveoRenewal"];
            };
        };
        responses: {
            /** @description The key. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FaveoApplicationKey"];
                };
            };
            /** @description The input is not valid; the text names the field where there is one. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FaveoAccessFailed"];
                };
            };
            /** @description There is no valid credential. */
            401: {
                headers: {
                    /** @description The scheme that would get in (RFC 9110 §11.6.1). */
                    "WWW-Authenticate": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FaveoAccessFailed"];
                };
            };
            403: components["responses"]["Faveo403"];
            /** @description The body is larger than 64 KB. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FaveoAccessFailed"];
                };
            };
            /** @description Too many requests, or too many attempts to sign in. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayError"];
                };
            };
            /** @description A fault of the service. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FaveoAccessFailed"] | components["schemas"]["GatewayError"];
                };
            };
            /** @description The service is temporarily unavailable. */
            503: {
                headers: {
                    /** @description Seconds after which another try may succeed. */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FaveoAccessFailed"] | components["schemas"]["GatewayError"];
                };
            };
        };
    };
}
