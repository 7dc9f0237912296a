import type { Me } from '../../../schemas/contracts/hub.ts';
import { word } from '../../words/speech.ts';
import type { Look } from '../terminal/look.ts';
import { facts } from '../terminal/table.ts';

export type MeAtHub = Me & { readonly hub: { readonly api: string; readonly region: string; readonly source: string } };

export const meScreen = ({ department, roles, mailbox, hub }: MeAtHub, look: Look): string =>
  facts(
    [
      [word('department', look), department],
      [word('roles', look), roles.join(', ')],
      [word('mailbox', look), mailbox.queueUrl],
      [word('hub', look), `${hub.api}  (${hub.region}; ${hub.source})`],
    ],
    look,
  );
