import { either } from '../../words/speech.ts';
import type { Look } from '../terminal/look.ts';
import type { Told } from '../terminal/told.ts';

export interface Versions {
  readonly version: string;
  /** Without a version: a hub of 0.2.0 or before. */
  readonly hub?: { readonly api: string; readonly version?: string };
  /** Why the hub that is named does not tell. */
  readonly problem?: Pick<Told, 'code' | 'what' | 'why'>;
}

/** The tool's version alone in the first line, as scripts expect it; the hub's in the second. */
export const versionScreen = ({ version, hub }: Versions, look: Look): string =>
  hub
    ? `${version}\n${either(look, 'hub', '交换平台')} ${hub.version ?? either(look, 'of 0.2.0 or before', '0.2.0 或更早')}  ${hub.api}`
    : version;
