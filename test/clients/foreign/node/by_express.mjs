// express-oauth2-jwt-bearer in front of an Express application, as docs/verify.md has it.
import express from 'express';
import { auth } from 'express-oauth2-jwt-bearer';

const { ISSUER: issuer, ACCESS_TOKEN, ID_TOKEN, CLIENT_ID } = process.env;
const audience = issuer;
const app = express();
app.use(auth({ issuerBaseURL: issuer, audience, tokenSigningAlg: 'ES256', strict: true }));
app.get('/', (request, response) => response.json(request.auth.payload));
app.use((error, _request, response, _next) => response.status(error.status ?? 500).json({}));
const server = app.listen(0, '127.0.0.1');
await new Promise((resolve) => server.once('listening', resolve));

const called = async (token) => {
  const url = `http://127.0.0.1:${server.address().port}/`;
  const answer = await fetch(url, { headers: { authorization: `Bearer ${token}` } });
  return { status: answer.status, body: await answer.json() };
};
const say = (promise, kept, why) => console.log(JSON.stringify({ promise, kept, why }));
const withOtherSignature = (token) => {
  const [head, body, signature] = token.split('.');
  return `${head}.${body}.${signature[0] === 'A' ? 'B' : 'A'}${signature.slice(1)}`;
};

const good = await called(ACCESS_TOKEN);
say('access-token', good.status === 200 && good.body.client_id === CLIENT_ID, `${good.status}`);
const changed = await called(withOtherSignature(ACCESS_TOKEN));
say('changed-token', changed.status === 401, `${changed.status}`);
const other = await called(ID_TOKEN);
say('id-token-as-access', other.status === 401, `${other.status}`);
server.close();
