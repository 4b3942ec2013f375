/**
 * Password hashes as other systems wrote them, with the libraries of those systems.
 *
 * Django 5.2.19, with every hasher in PASSWORD_HASHERS:
 *     django.contrib.auth.hashers.make_password(PASSWORD, hasher=NAME)
 * passlib 1.7.4: passlib.hash.pbkdf2_sha256.using(rounds=5000).hash(PASSWORD), scrypt.using(rounds=10)
 * bcrypt 4.0.1: bcrypt.hashpw(PASSWORD.encode(), bcrypt.gensalt(5, prefix=b'2a'))
 * argon2-cffi 25.1.0: PasswordHasher(time_cost=1, memory_cost=64, parallelism=2, type=Type.I).hash(PASSWORD)
 * Keycloak 24.0.5: new Pbkdf2PasswordHashProvider("pbkdf2-sha256", "PBKDF2WithHmacSHA256", 5000, 0, 512)
 *     .encodedCredential(PASSWORD, 5000)
 * Keycloak 26.0.8: new Argon2PasswordHashProvider("1.3", TYPE, 32, MEMORY, 5, 1, new Semaphore(1))
 *     .encodedCredential(PASSWORD, -1), with its default memory of 7168 KiB for "id", and 64 for the others
 *
 * Of the others, what their own tests hold them to: Firebase's sample (firebase/scrypt, README), ASP.NET Core
 * Identity's of versions 2 and 3 (PasswordHasherTest), and OpenBSD's bcrypt (John the Ripper's vectors).
 */
import type { GivenHash } from '../../../lib/manage/notations/read.ts';

export type Fixture = { password: string; hash: GivenHash };

/** Of the libraries that were asked. */
const PASSWORD = 'příliš žluťoučký kůň';

const made: Record<string, GivenHash> = {
  'Django pbkdf2_sha256':
    'pbkdf2_sha256$1000000$38KXMMjCqEM5AKtsnvh1Ym$yJjmnj1oMGsIweMUgXQZwrH2MtHMIJiwAm/0mxrnTy0=',
  'Django pbkdf2_sha1': 'pbkdf2_sha1$1000000$8cXr3HoAeRnCtuj9A8gnzO$v6hMh4hC79CpSVeG85V+USafOTo=',
  'Django argon2':
    'argon2$argon2id$v=19$m=102400,t=2,p=8$ZGtwbG1DUnM0Y2I3OWZ5YWhLSnlJVA$itRwYac7CAKrmqRB3lEvnh6KMseAS5UT6a5vEHHU7ZY',
  'Django bcrypt_sha256':
    'bcrypt_sha256$$2b$12$s6xvR8cGJU7JAL3DASrpuunwfJPSLHnJjg/2AHRLmvWf/Qs/NC66O',
  'Django bcrypt': 'bcrypt$$2b$12$bsLsUm8bwl3bfIELbZKypeHWVtPA0o/2nvxrH7CBdP.4WX.NiIaZi',
  'Django scrypt':
    'scrypt$16384$qDwXyvzPbnKYR0wNzjNj7V$8$5$MZ4CPLRfEle3A3CNX9Xam+1OMPwVF4dokPDmI5RVhfBnomi/LWvasg7J4bPGs9L7GPun+AmgH/UOQevv3/Ddjw==',
  'passlib pbkdf2_sha1': '$pbkdf2$5000$JKTUOieEUIpRSqm1Nkao1Q$89kxsFfGWkASJS/sOxZbU.OGf5E',
  'passlib pbkdf2_sha256':
    '$pbkdf2-sha256$5000$wtjbGwNAaO1di9G6d26ttQ$06QsHgzZEtzgz2iVydItCWFmFKzWOz.j8/.tU732xDQ',
  'passlib pbkdf2_sha512':
    '$pbkdf2-sha512$5000$GAPAeA.BEMK4914LgfC.Vw$eRVKtg2sSNlQUikyEYVH0Hwemitc2jhz/I/mU3Ecg0i5yXXxXiI7Uyf4zJ.RNzxX9jYFTEIr7yc4.HmL5zmJUQ',
  'passlib scrypt':
    '$scrypt$ln=10,r=8,p=1$ZszZm9NaK6UUolTKGYPQ+g$0MTcvCJ0ftnan34+v+MHSIaL68xZfuHLyeBXyccHqvE',
  'bcrypt $2a$': '$2a$05$L2XQdkp8ZfwDXdyZXpgm9eoEcd.QdI1ymHMxjysxhBTmF7XLbxaq2',
  'bcrypt $2b$': '$2b$05$7b44lznPXsy1ztLzkol/6.chyFlvnWAGaGhOSL7wxhFeSI.EoQ/zq',
  'argon2-cffi I':
    '$argon2i$v=19$m=64,t=1,p=2$xMRgp06zf0liAs+Bwsu7kw$LXiqDTGDhxoUtew/1EaDcqxJZuyhUQWbwj4FbAeaYdM',
  'argon2-cffi D':
    '$argon2d$v=19$m=64,t=1,p=2$sZwJrtkQ8jtiVIbctpzXGA$3kVpMtflPQmParhv3466E2ivsaKpBqEfnyUYPe+FOFA',
  'argon2-cffi ID':
    '$argon2id$v=19$m=64,t=1,p=2$mPURmC/BwQmegiXnqpLpnQ$1kuCNJA7fFstmXvPtYPrY/mBvJcW3qHzaKNcS8NTWFc',
  'Keycloak pbkdf2': {
    type: 'password',
    secretData:
      '{"value":"G8HVRO3eDxFDuBIdh6HfkYuCrCtzEUXBBUTHAPoVXOzmLfAZIK2UtuUMsyPY41DZ1274q988D6Rt2e7JbVisQw==","salt":"go7k/bxGO6LbRFKYA+2tpQ==","additionalParameters":{}}',
    credentialData: '{"hashIterations":5000,"algorithm":"pbkdf2","additionalParameters":{}}',
  },
  'Keycloak pbkdf2-sha256': {
    type: 'password',
    secretData:
      '{"value":"Xvdt3xkb/lsx00KNY5gnzRgqQt5ghlfOPeR+TeGCgXvqelPoIjNPTgxIIa9A4C81yC2oSZEzggubLVRP4rzEOg==","salt":"p6D+1P3XUDkYfDAY8XIziw==","additionalParameters":{}}',
    credentialData: '{"hashIterations":5000,"algorithm":"pbkdf2-sha256","additionalParameters":{}}',
  },
  'Keycloak pbkdf2-sha512': {
    type: 'password',
    secretData:
      '{"value":"6rtMTebc27Bss8sq/PWmLtkrYN3qzDPLejbLWdN0Ifv7ZYROsuqeBO/tB9sOOVhcrBYEDUYfpdWH+/Kl6q+Atg==","salt":"7wk1EGiBOIEkcrwclgf1tw==","additionalParameters":{}}',
    credentialData: '{"hashIterations":5000,"algorithm":"pbkdf2-sha512","additionalParameters":{}}',
  },
  'Keycloak argon2id': {
    type: 'password',
    secretData:
      '{"value":"OOT4VuGUgLCZzT4vArVfk3u+l161hD7o5EurcAgTLNA=","salt":"7UX2gsqjAIxpCGaCi/18Wg==","additionalParameters":{}}',
    credentialData:
      '{"hashIterations":1,"algorithm":"argon2","additionalParameters":{"hashLength":["32"],"memory":["7168"],"type":["id"],"version":["1.3"],"parallelism":["5"]}}',
  },
  'Keycloak argon2i': {
    type: 'password',
    secretData:
      '{"value":"755+Ane85lF4qUajZNTgQGHTi2LAVNtyu/UDRuOZVjU=","salt":"6sM+PnE6AA4GlorYtNlMLw==","additionalParameters":{}}',
    credentialData:
      '{"hashIterations":1,"algorithm":"argon2","additionalParameters":{"hashLength":["32"],"memory":["64"],"type":["i"],"version":["1.3"],"parallelism":["5"]}}',
  },
  'Keycloak argon2d': {
    type: 'password',
    secretData:
      '{"value":"o6p61bFUN/1/C/w7Q4LF2JBdwySmzeee50PBUDmpMsY=","salt":"YaQ/+UToqLJlksBi4e8UDA==","additionalParameters":{}}',
    credentialData:
      '{"hashIterations":1,"algorithm":"argon2","additionalParameters":{"hashLength":["32"],"memory":["64"],"type":["d"],"version":["1.3"],"parallelism":["5"]}}',
  },
};

const KEYS = {
  algorithm: 'firebase-scrypt',
  signerKey:
    'jxspr8Ki0RYycVU8zykbdLGjFQ3McFUH0uiiTvC8pVMXAn210wjLNmdZJzxUECKbm0QsEmYUSDzZvpjeJ9WmXA==',
  saltSeparator: 'Bw==',
  rounds: 8,
  memoryCost: 14,
};

export const FIXTURES: Readonly<Record<string, Fixture>> = {
  ...Object.fromEntries(
    Object.entries(made).map(([name, hash]) => [name, { password: PASSWORD, hash }]),
  ),
  'Firebase scrypt': {
    password: 'user1password',
    hash: {
      ...KEYS,
      salt: '42xEC+ixf3L2lw==',
      hash: 'lSrfV15cpx95/sZS2W9c9Kp6i/LVgQNDNC/qzrCnh1SAyZvqmZqAjTdn3aoItz+VHjoZilo78198JAdRuid5lQ==',
    },
  },
  'ASP.NET version 2': {
    password: 'my password',
    hash: 'AAABAgMEBQYHCAkKCwwNDg+ukCEMDf0yyQ29NYubggHIVY0sdEUfdyeM+E1LtH1uJg==',
  },
  'ASP.NET version 3, SHA-256': {
    password: 'my password',
    hash: 'AQAAAAEAACcQAAAAEAABAgMEBQYHCAkKCwwNDg+yWU7rLgUwPZb1Itsmra7cbxw2EFpwpVFIEtP+JIuUEw==',
  },
  'ASP.NET version 3, SHA-512': {
    password: 'my password',
    hash: 'AQAAAAIAAAAyAAAAEOMwvh3+FZxqkdMBz2ekgGhwQ4B6pZWND6zgESBuWiHw',
  },
  'bcrypt $2y$, as Laravel has it': {
    password: 'U*U',
    hash: '$2y$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW',
  },
  // RFC 2617 §3.5: the response there is made of this.
  'H(A1) of HTTP Digest': {
    password: 'Circle Of Life',
    hash: {
      algorithm: 'digest-a1',
      username: 'Mufasa',
      realm: 'testrealm@host.com',
      hash: '939e7578ed9e3c518a452acee763bce9',
    },
  },
};
