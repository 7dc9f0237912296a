import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';

type Env = Readonly<Record<string, string | undefined>>;
export type Settings = Readonly<Record<string, string>>;

/**
 * The settings of one profile in the shared config and credentials files, the latter first, as the AWS tools read them
 * (AWS SDKs and Tools Reference Guide, "Shared config and credentials files"). No file, no profile: no settings.
 */
export async function profileSettings(profile: string, env: Env): Promise<Settings> {
  const home = env['HOME'] ?? homedir();
  const files = [
    env['AWS_CONFIG_FILE'] ?? join(home, '.aws', 'config'),
    env['AWS_SHARED_CREDENTIALS_FILE'] ?? join(home, '.aws', 'credentials'),
  ];
  const texts = await Promise.all(files.map((file) => readFile(file, 'utf8').catch(() => '')));
  return Object.assign({}, ...texts.map((text) => sectionOf(text, profile))) as Settings;
}

/** `[profile tax]` in the config file, `[tax]` in the credentials file; nested settings are indented and left out. */
export function sectionOf(text: string, profile: string): Settings {
  const settings: Record<string, string> = {};
  let within = false;
  for (const line of text.split(/\r?\n/)) {
    const header = /^\s*\[\s*(?:profile\s+)?([^\]]+?)\s*\]/.exec(line);
    if (header) within = header[1] === profile;
    const setting = /^([A-Za-z0-9_-]+)\s*=\s*(.*?)\s*$/.exec(line);
    if (within && setting) settings[(setting[1] ?? '').toLowerCase()] = setting[2] ?? '';
  }
  return settings;
}
