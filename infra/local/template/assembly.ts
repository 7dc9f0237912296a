import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { TemplateFault } from './fault.ts';
import type { Json } from './json.ts';

/** What was parsed from JSON is JSON: to look through whole templates for it would be a sixth of the hub's start. */
const JsonValue = z.custom<Json>((value) => value !== undefined);

/** One entry of a template's `Resources`, unresolved. */
export const TemplateResource = z.strictObject({
  Type: z.string(),
  Properties: z.record(z.string(), JsonValue).default({}),
  Condition: z.string().optional(),
  // What these say is about deployments and tools; the local hub creates in its own order and never replaces.
  DependsOn: z.union([z.string(), z.array(z.string())]).optional(),
  DeletionPolicy: z.string().optional(),
  UpdateReplacePolicy: z.string().optional(),
  Metadata: z.record(z.string(), JsonValue).optional(),
});
export type TemplateResource = z.infer<typeof TemplateResource>;

const Template = z.strictObject({
  Resources: z.record(z.string(), TemplateResource),
  Conditions: z.record(z.string(), JsonValue).default({}),
  Mappings: z.record(z.string(), z.record(z.string(), z.record(z.string(), JsonValue))).default({}),
  Parameters: z.record(z.string(), z.looseObject({ Type: z.string(), Default: JsonValue.optional() })).default({}),
  Outputs: z
    .record(z.string(), z.looseObject({ Value: JsonValue, Export: z.strictObject({ Name: JsonValue }).optional() }))
    .default({}),
  // Checks of the bootstrap stack's version, which only a deployment has.
  Rules: z.strictObject({ CheckBootstrapVersion: JsonValue.optional() }).optional(),
  Description: z.string().optional(),
  Metadata: JsonValue.optional(),
  AWSTemplateFormatVersion: z.string().optional(),
});
type Template = z.infer<typeof Template>;

export interface Stack {
  readonly name: string;
  readonly template: Template;
  /** Folder or file of an asset, absolute, by the object key that the template names. */
  readonly assets: ReadonlyMap<string, string>;
}

const Manifest = z.object({
  artifacts: z.record(
    z.string(),
    z.object({
      type: z.string(),
      properties: z
        .looseObject({
          templateFile: z.string().optional(),
          stackName: z.string().optional(),
          file: z.string().optional(),
        })
        .optional(),
    }),
  ),
});

const Assets = z.object({
  files: z.record(
    z.string(),
    z.object({
      source: z.looseObject({ path: z.string() }),
      destinations: z.record(z.string(), z.looseObject({ objectKey: z.string() })),
    }),
  ),
});

const readJson = <S extends z.ZodType>(schema: S, file: string): z.output<S> => {
  const parsed = schema.safeParse(JSON.parse(readFileSync(file, 'utf8')));
  if (!parsed.success) throw new TemplateFault(`${file}: ${z.prettifyError(parsed.error)}`);
  return parsed.data;
};

/**
 * All stacks of a synthesized CDK app.
 * @throws TemplateFault where a template has a section that the local hub does not know.
 */
export function readAssembly(directory: string): Stack[] {
  const { artifacts } = readJson(Manifest, join(directory, 'manifest.json'));
  const all = Object.entries(artifacts);
  const assets = new Map(
    all.flatMap(([, { type, properties }]) =>
      type === 'cdk:asset-manifest' && properties?.file ? readAssets(directory, properties.file) : [],
    ),
  );
  return all.flatMap(([id, { type, properties }]) =>
    type === 'aws:cloudformation:stack' && properties?.templateFile
      ? [
          {
            name: properties.stackName ?? id,
            template: readJson(Template, join(directory, properties.templateFile)),
            assets,
          },
        ]
      : [],
  );
}

function readAssets(directory: string, file: string): [string, string][] {
  return Object.values(readJson(Assets, join(directory, file)).files).flatMap(({ source, destinations }) =>
    Object.values(destinations).map(({ objectKey }): [string, string] => [objectKey, join(directory, source.path)]),
  );
}
