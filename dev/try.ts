/**
 * The first commands for somebody who has just started the stack.
 *
 * @module
 */
import type { RunningStack } from './stack.ts';

type Urls = RunningStack['urls'];

/** @param certificate - The file to trust, when the URLs are https. */
export function commandsToTry(urls: Urls, certificate?: string): string {
  const { service, http, rest, websocket, graphql, console, mailbox } = urls;
  const commands = `
# The administration console, for 100@mydomain.com with the password secret:
#   ${console}
# The mailbox, in which all mails of the service are caught:
#   ${mailbox}

# Log in, and keep both halves of the credential:
ANSWER=$(curl -s ${service}/login -H 'Content-Type: application/json' \\
  -d '{"username":"100@mydomain.com","password":"secret"}'); echo "$ANSWER"
TOKEN=$(echo "$ANSWER" | sed 's/.*"token":"\\([^"]*\\)".*/\\1/')
KEY=$(echo "$ANSWER" | sed 's/.*"key":"\\([^"]*\\)".*/\\1/')

# Call two APIs that know nothing of Latchkey but its authorizer:
curl -i ${http}/cdr -H "X-Access-Token: $TOKEN" -H "X-Key: $KEY"
curl -i ${rest}/cdr -H "Authorization: Bearer $TOKEN"

# A GraphQL API and a WebSocket API, as a browser would call it:
curl -s ${graphql} -H "Authorization: $TOKEN" -d '{"query":"{ calls { id note } }"}'; echo
npx node -e 'const socket = new WebSocket("${websocket}", ["latchkey", process.argv[1]]);
  socket.onopen = () => socket.send("{\\"action\\":\\"whoami\\"}");
  socket.onerror = ({ message }) => console.error(message);
  socket.onmessage = ({ data }) => { console.log(data); socket.close(); };' "$TOKEN"

# Log out. The very next call is refused, everywhere:
curl -s -X POST ${service}/logout -H "X-Access-Token: $TOKEN" -H "X-Key: $KEY"; echo
curl -i ${http}/cdr -H "X-Access-Token: $TOKEN" -H "X-Key: $KEY"

# 200@mydomain.com may read calls, not delete them: 200, then 403.
TOKEN=$(curl -s ${service}/login -H 'Content-Type: application/json' \\
  -d '{"username":"200@mydomain.com","password":"secret"}' | sed 's/.*"token":"\\([^"]*\\)".*/\\1/')
curl -i ${http}/cdr -H "Authorization: Bearer $TOKEN"
curl -i -X DELETE ${http}/cdr -H "Authorization: Bearer $TOKEN"
`;
  if (!certificate) return commands;
  return commands
    .replaceAll('curl ', `curl --cacert '${certificate}' `)
    .replace('npx node', `NODE_EXTRA_CA_CERTS='${certificate}' npx node`);
}

/** For a certificate that no authority has signed. */
export const howToTrust = (certificate: string): string => `
# The certificate is self-signed and stays the same. To trust it:
#   curl       --cacert '${certificate}'
#   Node       NODE_EXTRA_CA_CERTS='${certificate}'
#   a browser  import that file as a server's certificate, or accept its warning once`;
