import { readFile } from 'node:fs/promises';
import { describe, expect, test } from '@jest/globals';
import { Validator } from '@seriousme/openapi-schema-validator';
import { openApiDocument } from '../../schemas/contracts/openapi/document.ts';
import { apiPage } from '../../schemas/contracts/openapi/page.ts';
import { refusalTexts } from '../../schemas/words/refusals.ts';
import { allRoutes, commonErrors } from '../../schemas/contracts/routes.ts';
import { pathOf, places } from '../../schemas/contracts/routes/places.ts';

const named = allRoutes.map((route) => [route.id, route] as const);

describe('every route', () => {
  test.each(named)('%s says what it does, for whom, and shows an example that its own schemas accept', (_, route) => {
    expect(route.summary).toMatch(/^[A-Z].{5,}/);
    expect(route.description).toMatch(/\.$/);
    expect(route.roles.length).toBeGreaterThan(0);
    expect(() => route.response.parse(JSON.parse(JSON.stringify(route.example.response)))).not.toThrow();
    if (route.body) expect(() => route.body!.parse(route.example.request)).not.toThrow();
    expect('request' in route.example).toBe(route.body !== undefined);
  });

  test.each(named)('%s has words for each of its refusals', (_, route) => {
    for (const code of Object.keys(route.errors)) expect(refusalTexts).toHaveProperty([code]);
  });

  test.each(named.filter(([, route]) => route.body))('%s refuses a property that it does not know', (_, route) => {
    const body = { ...(route.example.request as object), surprise: true };
    expect(route.body!.safeParse(body).error?.issues).toMatchObject([
      { code: 'unrecognized_keys', keys: ['surprise'] },
    ]);
  });

  test.each(named.filter(([, route]) => route.method !== 'GET'))(
    '%s, which writes, is not for the auditor',
    (_, route) => {
      expect(route.roles).not.toContain('auditor');
    },
  );
});

test('a path is filled in one way: what stands in it is encoded, and nothing is left out', () => {
  const version = { resourceId: 'streets/1 ?', version: 2 };
  expect(pathOf(places.readResourceVersion, version)).toBe('/v1/resources/streets%2F1%20%3F/versions/2');
  // @ts-expect-error -- the version is missing
  expect(pathOf(places.readResourceVersion, { resourceId: 'streets' })).toBe('/v1/resources/streets/versions/');
});

test('no two routes share method and path', () => {
  const places = allRoutes.map(({ method, path }) => `${method} ${path}`);
  expect(new Set(places).size).toBe(places.length);
});

test('each path level has one variable name, as API Gateway wants it', () => {
  const names = new Map<string, Set<string>>();
  for (const { path } of allRoutes) {
    const parts = path.split('/');
    parts.forEach((part, level) => {
      if (!part.startsWith('{')) return;
      const parent = parts.slice(0, level).join('/');
      names.set(parent, (names.get(parent) ?? new Set()).add(part));
    });
  }
  expect([...names.values()].filter((variables) => variables.size > 1)).toEqual([]);
});

test('every refusal that has words can happen somewhere', () => {
  const used = new Set(allRoutes.flatMap((route) => Object.keys({ ...commonErrors, ...route.errors })));
  expect(Object.keys(refusalTexts).filter((code) => !used.has(code))).toEqual([]);
});

describe('the OpenAPI document', () => {
  const document = openApiDocument();
  const written = JSON.stringify(document);
  const page = apiPage(document);
  test('is valid OpenAPI 3.1', async () => {
    const result = await new Validator().validate(JSON.parse(written) as Record<string, unknown>);
    expect(result.errors ?? []).toEqual([]);
    expect(result.valid).toBe(true);
  });

  const { paths } = JSON.parse(written) as {
    paths: Record<string, Record<string, { summary: string; responses: Record<string, { description: string }> }>>;
  };
  test.each(named)('documents %s with its errors', (_, route) => {
    const operation = paths[route.path]![route.method.toLowerCase()]!;
    expect(operation.summary).toBe(route.summary);
    for (const [code, status] of Object.entries({ ...route.errors })) {
      expect(operation.responses[String(status)]!.description).toContain(`\`${code}\``);
    }
  });

  test.each([
    ['openapi.json', () => `${JSON.stringify(document, null, 2)}\n`],
    ['api.html', () => page],
  ])('in docs/%s is the one that the routes table makes', async (name, made) => {
    expect((await readFile(new URL(`../../docs/${name}`, import.meta.url), 'utf8')) === made()).toBe(true);
  });

  test.each(named)('has %s on its page, and the page needs no network and no script', (id, route) => {
    expect(page).toContain(`<section id="${id}">`);
    expect(page).toContain(`<code>${route.path}</code>`);
    expect(page).not.toMatch(/<script|<link|src=|url\(/);
  });
});
