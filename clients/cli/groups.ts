import type { Command } from 'commander';
import type { Context } from './terminal/context.ts';

type Register = (program: Command, context: Context) => void;

/** Commands that are registered together. */
export interface Group {
  /** What is typed after `hub` to mean one of them. */
  readonly words: readonly string[];
  readonly load: () => Promise<Register>;
  /** It needs the others beside it. */
  readonly speaksOfAll?: true;
}

/** In the order of the help. What is not typed is not loaded: the record engine alone takes longer than all the rest. */
export const groups: readonly Group[] = [
  { words: ['version'], load: async () => (await import('./version/command.ts')).versionCommand },
  { words: ['me'], load: async () => (await import('./departments/me-command.ts')).meCommand },
  {
    words: ['departments'],
    load: async () => (await import('./departments/departments-commands.ts')).departmentsCommand,
  },
  { words: ['resources'], load: async () => (await import('./catalog/resources-commands.ts')).resourcesCommands },
  { words: ['publish'], load: async () => (await import('./catalog/publish-command.ts')).publishCommand },
  { words: ['catalog'], load: async () => (await import('./catalog/commands.ts')).catalogCommands },
  { words: ['theme', 'demand'], load: async () => (await import('./demands/commands.ts')).demandsCommands },
  { words: ['agreements'], load: async () => (await import('./agreements/commands.ts')).agreementsCommands },
  { words: ['duties'], load: async () => (await import('./agreements/duties-commands.ts')).dutiesCommand },
  { words: ['offer'], load: async () => (await import('./agreements/offer-commands.ts')).offerCommands },
  { words: ['scheme'], load: async () => (await import('./agreements/scheme-commands.ts')).schemeCommands },
  { words: ['deliveries'], load: async () => (await import('./mailbox/deliveries-commands.ts')).deliveriesCommand },
  { words: ['poll'], load: async () => (await import('./mailbox/poll-command.ts')).pollCommand },
  { words: ['fetch'], load: async () => (await import('./mailbox/fetch-command.ts')).fetchCommand },
  { words: ['watch'], load: async () => (await import('./watch/command.ts')).watchCommand },
  { words: ['follow'], load: async () => (await import('./follow/command.ts')).followCommand },
  {
    words: ['corrections'],
    load: async () => (await import('./agreements/corrections-commands.ts')).correctionsCommands,
  },
  { words: ['lookup'], load: async () => (await import('./lookup/commands.ts')).lookupCommands },
  { words: ['clean'], load: async () => (await import('./clean/commands.ts')).cleanCommand },
  { words: ['check', 'upload', 'uploads'], load: async () => (await import('./upload/commands.ts')).uploadCommands },
  { words: ['compare', 'comparisons'], load: async () => (await import('./compare/commands.ts')).compareCommands },
  { words: ['reconcile'], load: async () => (await import('./reconcile/commands.ts')).reconcileCommands },
  { words: ['alerts'], load: async () => (await import('./alerts/commands.ts')).alertsCommands },
  { words: ['derive', 'impact'], load: async () => (await import('./derive/commands.ts')).deriveCommands },
  { words: ['records'], load: async () => (await import('./records/commands.ts')).recordsCommands },
  { words: ['quality'], load: async () => (await import('./reports/quality-command.ts')).qualityCommand },
  { words: ['report', 'usage', 'benefit'], load: async () => (await import('./reports/commands.ts')).reportsCommands },
  { words: ['infer', 'import', 'export'], load: async () => (await import('./describe/commands.ts')).describeCommands },
  {
    words: ['completion'],
    load: async () => (await import('./completion/command.ts')).completionCommand,
    speaksOfAll: true,
  },
];

/** Those that a line needs, by its first word; all of them where it is no command, so that help and mistakes know them. */
export function groupsFor(word: string | undefined): readonly Group[] {
  const typed = groups.find(({ words }) => word !== undefined && words.includes(word));
  return typed === undefined || typed.speaksOfAll ? groups : [typed];
}
