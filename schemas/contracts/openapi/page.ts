import { refusalTexts, type RefusalCode } from '../../words/refusals.ts';
import { allRoutes, commonErrors, type Route } from '../routes.ts';
import { tags, type openApiDocument } from './document.ts';
import { propertyRows, type Schema } from './properties.ts';
import { style } from './style.ts';

type Document = ReturnType<typeof openApiDocument>;

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** Code spans and paragraphs: all the markup that descriptions use. */
const prose = (text: string): string =>
  text
    .split('\n\n')
    .map((paragraph) => `<p>${escaped(paragraph).replace(/`([^`]+)`/g, '<code>$1</code>')}</p>`)
    .join('');

/** The API's documentation as one HTML page: no script, no network, fit for printing. */
export function apiPage(document: Document): string {
  const groups = Object.keys(tags).map((name) => ({
    name,
    says: tags[name as Route['capability']],
    routes: allRoutes.filter(({ capability }) => capability === name),
  }));
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Exchange hub: the API</title>
<style>${style}</style>
</head>
<body>
<nav>
<a class="home" href="#top">Exchange hub API</a>
${groups.map(({ name, routes }) => `<h2>${name}</h2>\n<ul>${routes.map(navigation).join('\n')}</ul>`).join('\n')}
</nav>
<main id="top">
<h1>Exchange hub: the API</h1>
${prose(document.info.description ?? '')}
<p>Every list is paged (<code>limit</code>, <code>cursor</code>); every POST honours <code>Idempotency-Key</code>; every error is <code>application/problem+json</code>
with a stable <code>code</code>. <a href="../schemas/PROTOCOL.md">The protocol</a> says what a schema cannot; <a href="openapi.json">openapi.json</a> is this page for machines.</p>
<h2 id="common">Errors that every route can answer</h2>
${errors(commonErrors)}
${groups.map(({ name, says, routes }) => `<h2 id="${name}">${escaped(says)}</h2>\n${routes.map((route) => section(route, document)).join('\n')}`).join('\n')}
</main>
</body>
</html>
`;
}

const navigation = ({ id, method, summary }: Route): string =>
  `<li><a href="#${id}"><span class="method ${method}">${method}</span> ${escaped(summary)}</a></li>`;

interface Operation {
  readonly parameters?: readonly {
    name: string;
    in: string;
    required?: boolean;
    schema: Schema;
    description?: string;
  }[];
  readonly requestBody?: { readonly content: Record<string, { schema: Schema }> };
  readonly responses: Record<string, { readonly content?: Record<string, { schema: Schema }> }>;
}

function section(route: Route, document: Document): string {
  const operation = document.paths?.[route.path]?.[route.method.toLowerCase() as 'get'] as unknown as Operation;
  const components = (document.components?.schemas ?? {}) as Record<string, Schema>;
  const body = operation.requestBody?.content['application/json']?.schema;
  const answer = operation.responses[String(route.status)]?.content?.['application/json']?.schema;
  const parameters = (operation.parameters ?? []).map((parameter) => ({
    ...parameter,
    name: `${parameter.name} (${parameter.in})`,
  }));
  return `<section id="${route.id}">
<h3><span class="method ${route.method}">${route.method}</span> <code>${escaped(route.path)}</code></h3>
<p class="summary">${escaped(route.summary)}</p>
${prose(route.description)}
<p class="roles">For: ${route.roles.map((role) => `<b>${role}</b>`).join(' · ')}</p>
${
  parameters.length > 0
    ? table(
        'Parameters',
        parameters.flatMap(({ name, schema, required, description }) =>
          propertyRows(
            {
              type: 'object',
              properties: { [name]: { ...schema, ...(description && { description }) } },
              required: required ? [name] : [],
            },
            components,
          ),
        ),
      )
    : ''
}
${body ? table('Body', propertyRows(body, components)) + example('Example of the body', route.example.request) : ''}
${answer ? table(`Answer ${route.status}`, propertyRows(answer, components)) : ''}
${example('Example of the answer', route.example.response)}
${Object.keys(route.errors).length > 0 ? `<h4>Errors</h4>${errors(route.errors)}` : ''}
</section>`;
}

function table(title: string, rows: ReturnType<typeof propertyRows>): string {
  const lines = rows.map(
    ({ name, depth, type, required, says }) =>
      `<tr><td style="padding-left:${0.6 + depth * 1.2}rem"><code>${escaped(name)}</code>${required ? '' : ' <i>optional</i>'}</td><td>${escaped(type)}</td><td>${escaped(says)}</td></tr>`,
  );
  return `<details${rows.length > 12 ? '' : ' open'}><summary>${title}</summary><table><tr><th>name</th><th>type</th><th>limits</th></tr>${lines.join('')}</table></details>`;
}

const example = (title: string, value: unknown): string =>
  `<details><summary>${title}</summary><pre>${escaped(JSON.stringify(value, null, 2))}</pre></details>`;

const errors = (codes: Readonly<Record<string, number>>): string =>
  `<table><tr><th>status</th><th>code</th><th>what to do</th></tr>${Object.entries(codes)
    .map(
      ([code, status]) =>
        `<tr><td>${status}</td><td><code>${code}</code></td><td>${escaped(refusalTexts[code as RefusalCode].detail)}</td></tr>`,
    )
    .join('')}</table>`;
