/** Whose name is on a page: said by the admin API, of a domain and of a client, and worn by the pages. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { readBrands } from '../../../lib/store/directory/brands.ts';
import { makeDomain } from '../../support/actors/roles.ts';
import { type Admin, type Caller, startAdmin } from '../../support/running/admin.ts';
import { type Browser, openBrowser, pageOf } from '../../support/web/browser.ts';
import { addWebClient, requestOf } from '../../support/web/sign-in.ts';

const PNG = `data:image/png;base64,${Buffer.from('89504e470d0a1a0a', 'hex').toString('base64')}`;
const CLIENT = 'web-app';
const DOMAIN = '/domains/mydomain.com';

let service: Admin;
let root: Caller;
let browser: Browser;
beforeAll(async () => {
  service = await startAdmin({ BRAND_DOMAIN: 'mydomain.com' });
  root = await service.by('100@mydomain.com');
  await addWebClient(service, { id: CLIENT });
  await makeDomain(service, 'gone.com');
});
afterAll(() => service.stop());
beforeEach(async () => {
  browser = openBrowser(service);
  await change(DOMAIN, { brand: null });
  await change(`/clients/${CLIENT}`, { brand: null });
});

const change = (place: string, body: object, etag = '*') =>
  service.admin(root, `PATCH ${place}`, { body, headers: { 'if-match': etag } });
const show = async (place: string) => (await service.admin(root, `GET ${place}`)).body;
const login = (more = {}) => browser.authorize(requestOf(CLIENT, more));
const policyOf = ({ headers }: { headers: Record<string, string> }) =>
  headers['content-security-policy'] ?? '';

describe('a brand', () => {
  test('is said, shown, changed in part, and taken away (RFC 7396)', async () => {
    const brand = { name: 'Acme', logo: PNG, accent: '#B91C1C', help: 'https://acme.example/help' };
    const made = await change(DOMAIN, { brand });
    expect([made.status, made.body['brand']]).toEqual([
      200,
      { ...brand, accent: '#b91c1c', accentDark: expect.stringMatching(/^#/) },
    ]);
    expect(await show(DOMAIN)).toMatchObject({ brand: { name: 'Acme' } });
    const after = await change(DOMAIN, { brand: { logo: null, accent: '#1d4ed8' } });
    expect(after.body['brand']).toEqual({
      name: 'Acme',
      accent: '#1d4ed8',
      accentDark: expect.stringMatching(/^#/),
      help: 'https://acme.example/help',
    });
    expect(after.body['brand']).not.toMatchObject({
      accentDark: (made.body['brand'] as { accentDark: string }).accentDark,
    });
    expect((await change(DOMAIN, { brand: null })).body).not.toHaveProperty('brand');
    await change(DOMAIN, { brand: { name: 'Acme', help: 'https://acme.example' } });
    const emptied = await change(DOMAIN, { brand: { name: null, help: null } });
    expect(emptied.body).not.toHaveProperty('brand');
  });

  test('is said of a client in the same way', async () => {
    const brand = { name: 'Shop' };
    const place = `/clients/${CLIENT}`;
    expect((await change(place, { brand })).body).toMatchObject({ brand });
    expect(await show(place)).toMatchObject({ brand });
  });

  test('is in no list', async () => {
    await change(DOMAIN, { brand: { name: 'Acme' } });
    expect(JSON.stringify(await show('/domains'))).not.toContain('Acme');
  });

  test('changes the ETag, so that two who change it know of each other', async () => {
    const { headers } = await service.admin(root, `GET ${DOMAIN}`);
    const etag = headers['etag'] ?? '';
    expect((await change(DOMAIN, { brand: { name: 'Acme' } }, etag)).status).toBe(200);
    expect((await change(DOMAIN, { brand: { name: 'Other' } }, etag)).status).toBe(412);
  });

  test.each<[string, object, string]>([
    ['without a name', { help: 'https://acme.example' }, 'brand.name'],
    ['an accent nobody can read', { name: 'A', accent: '#ffff00' }, 'brand.accent'],
    [
      'the same for dark',
      { name: 'A', accent: '#000000', accentDark: '#000000' },
      'brand.accentDark',
    ],
    ['a colour that is none', { name: 'A', accent: 'red' }, 'brand.accent'],
    ['a colour that ends the style', { name: 'A', accent: '#000000}*{' }, 'brand.accent'],
    ['a logo with a script', { name: 'A', logo: svg('<script>1</script>') }, 'brand.logo'],
    [
      'a logo that is huge',
      { name: 'A', logo: `data:image/png;base64,${'A'.repeat(50_001)}` },
      'brand.logo',
    ],
    ['a logo by plain http', { name: 'A', logo: 'http://acme.example/l.png' }, 'brand.logo'],
    ['a link to a script', { name: 'A', terms: 'javascript:alert(1)' }, 'brand.terms'],
    ['a link by plain http', { name: 'A', privacy: 'http://acme.example' }, 'brand.privacy'],
    ['a name with a line break', { name: 'A\r\nBcc: x' }, 'brand.name'],
    ['a name that turns the text around it', { name: 'A\u202eB' }, 'brand.name'],
    ['a name of which nothing is seen', { name: '\u3164 ' }, 'brand.name'],
    ['a name that is too long', { name: 'A'.repeat(61) }, 'brand.name'],
    ['a member that is not known', { name: 'A', css: 'x' }, 'brand.css'],
  ])('with %s is refused, naming the field', async (_case, brand, field) => {
    const { status, body } = await change(DOMAIN, { brand });
    expect([status, body['errors']]).toMatchObject([400, [{ field }]]);
    expect(await show(DOMAIN)).not.toHaveProperty('brand');
  });

  test('is not said by who is not root, of a domain', async () => {
    const other = await service.by('200@mydomain.com').catch(() => undefined);
    if (!other) return;
    const { status } = await service.admin(other, `PATCH ${DOMAIN}`, {
      body: { brand: { name: 'Mine' } },
      headers: { 'if-match': '*' },
    });
    expect(status).toBeGreaterThanOrEqual(403);
  });

  test('is in the trail, its picture as a hash', async () => {
    await change(DOMAIN, { brand: { name: 'Traced', logo: PNG } });
    const text = JSON.stringify(await show('/audit'));
    expect(text).toContain('Traced');
    expect(text).not.toContain(PNG);
    expect(text).toContain('sha256:');
  });

  test('goes with its owner', async () => {
    await change('/domains/gone.com', { brand: { name: 'Gone' } });
    await change('/domains/gone.com', { disabled: true });
    const { status } = await service.admin(root, 'DELETE /domains/gone.com');
    expect(status).toBe(204);
    expect(await readBrands(service.tables.directory, ['domain#gone.com'])).toEqual([undefined]);
  });
});

function svg(inner: string): string {
  const text = `<svg xmlns="http://www.w3.org/2000/svg">${inner}</svg>`;
  return `data:image/svg+xml;base64,${Buffer.from(text).toString('base64')}`;
}

describe('a page', () => {
  test('without a brand is ours', async () => {
    const { text } = await login();
    expect(text).toContain('<title>Sign in · Latchkey</title>');
  });

  test('of a client has the brand of its domain', async () => {
    await change(DOMAIN, {
      brand: { name: 'Acme <b>', logo: PNG, accent: '#b91c1c', terms: 'https://acme.example/t' },
    });
    const { text } = await login();
    expect(text).toContain('<title>Sign in · Acme &lt;b&gt;</title>');
    expect(text).toContain(`<img src="${PNG}" alt="">`);
    expect(text).toContain('--accent:#b91c1c');
    expect(text).toContain('href="https://acme.example/t"');
    expect(text).not.toContain('Latchkey');
  });

  test('of a client has the client’s over it', async () => {
    await change(DOMAIN, { brand: { name: 'Acme', help: 'https://acme.example/help' } });
    await change(`/clients/${CLIENT}`, { brand: { name: 'Shop' } });
    const { text } = await login();
    expect(text).toContain('· Shop</title>');
    expect(text).toContain('https://acme.example/help');
  });

  test('of nobody in particular has the deployment’s', async () => {
    await change(DOMAIN, { brand: { name: 'Acme' } });
    for (const path of [
      '/',
      '/account/forgot-password',
      '/nowhere',
      '/session/end',
      '/oauth/authorize',
    ])
      expect((await browser.go(`GET ${path}`)).text, path).toContain('· Acme</title>');
  });

  test('admits the logo at its address, and nothing else of that host', async () => {
    expect(policyOf(await login())).toContain('img-src data:;');
    await change(DOMAIN, {
      brand: { name: 'Acme', logo: 'https://cdn.example.com/a,b/l.png?v=1' },
    });
    expect(policyOf(await login())).toContain('img-src data: https://cdn.example.com/a%2Cb/l.png;');
  });

  test('whose address holds a secret has nothing of another host', async () => {
    await change(DOMAIN, { brand: { name: 'Acme', logo: 'https://cdn.example.com/l.png' } });
    const page = await browser.go('GET /account/forgot-password?secret=abc');
    expect(page.text).not.toContain('cdn.example.com');
    expect(policyOf(page)).not.toContain('cdn.example.com');
  });

  test('comes without a brand while there is no finding out which', async () => {
    await change(DOMAIN, { brand: { name: 'Acme' } });
    service.dynamodb.inject(async ({ action }) =>
      action === 'BatchGetItem' ? { status: 500, body: {} } : undefined,
    );
    const page = await browser.go('GET /');
    service.dynamodb.heal();
    expect([page.status, page.text.includes('Latchkey')]).toEqual([200, true]);
  });

  test('shows what a client says of itself, in the login and where it asks (RFC 7591 §2)', async () => {
    const said = {
      logoUri: 'https://shop.example/logo.png',
      clientUri: 'https://shop.example',
      policyUri: 'https://shop.example/privacy',
      tosUri: 'https://shop.example/terms',
    };
    expect((await change(`/clients/${CLIENT}`, said)).body).toMatchObject(said);
    const page = await login();
    const consent = await browser.login(page);
    expect(pageOf(consent)).toBe('consent');
    for (const one of [page, consent]) {
      for (const uri of Object.values(said)) expect(one.text).toContain(`"${uri}"`);
      expect(policyOf(one)).toContain('img-src data: https://shop.example/logo.png;');
      // Nothing of the page is told to whoever is behind a link.
      expect(one.text.match(/target="_blank" rel="noopener noreferrer"/g)).toHaveLength(3);
    }
    const none = Object.fromEntries(Object.keys(said).map((name) => [name, null]));
    expect((await change(`/clients/${CLIENT}`, none)).body).not.toHaveProperty('logoUri');
  });

  test.each(['logoUri', 'clientUri', 'policyUri', 'tosUri'])(
    '%s that is not https is refused',
    async (field) => {
      for (const uri of [
        'http://shop.example',
        'javascript:alert(1)',
        'data:image/png;base64,AA==',
      ]) {
        const { status, body } = await change(`/clients/${CLIENT}`, { [field]: uri });
        expect([status, body['errors']]).toMatchObject([400, [{ field }]]);
      }
    },
  );
});
