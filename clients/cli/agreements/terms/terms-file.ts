import { parse } from 'yaml';
import { Failure, wrongUsage } from '../../terminal/failure.ts';
import { contentOf, readJson } from '../../terminal/json-file.ts';

/** A JSON or YAML document that is an object: terms, an offer, a scheme. Standard input (`-`) is JSON. */
export async function readDocument(file: string, what: string): Promise<object> {
  const content: unknown = /\.ya?ml$/i.test(file) ? await readYaml(file) : await readJson(file);
  if (typeof content === 'object' && content !== null && !Array.isArray(content)) return content;
  throw wrongUsage(`${file} holds no ${what}.`, 'It has to be one object, in JSON or, in a file named .yaml, in YAML.');
}

async function readYaml(file: string): Promise<unknown> {
  const content = await contentOf(file);
  try {
    // Dates stay the text that they are; what many parts share is written once (`<<: *terms`).
    return parse(content, { schema: 'core', merge: true }) as unknown;
  } catch (cause) {
    const [why = ''] = (cause instanceof Error ? cause.message : String(cause)).split('\n');
    const next = ['Mend the file and run the same command again.'];
    throw new Failure({ what: `${file} is not YAML.`, why, code: 'not-yaml', next }, { cause });
  }
}
