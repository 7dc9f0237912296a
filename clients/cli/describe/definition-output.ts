import { FileSink } from '../upload/checking/sinks.ts';

/** A definition as `hub publish` takes it; the file appears under its name when it is whole. */
export async function writeText(file: string, text: string): Promise<void> {
  const sink = new FileSink(file);
  try {
    await sink.write(Buffer.from(text, 'utf8'));
    await sink.finish(true);
  } catch (fault) {
    await sink.discard();
    throw fault;
  }
}

export const asJson = (definition: object): string => `${JSON.stringify(definition, undefined, 2)}\n`;
