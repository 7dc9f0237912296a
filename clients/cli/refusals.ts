import type { RefusalCode } from '../../schemas/contracts/refusals.ts';

/** What to do next in the words of this tool; the hub's own detail says it in the words of the API. */
export const nextStepOf: Partial<Record<RefusalCode, string>> = {
  malformed: 'The --help of the command shows the form of its arguments and options.',
  unsigned: 'hub me tries your credentials; --profile NAME takes another AWS profile.',
  'not-a-department': 'hub me shows who you are; --profile NAME takes another AWS profile.',
  'role-not-permitted': 'hub me shows your department and its roles; --profile NAME acts for another one.',
  'not-found': 'Check the id: hub resources, hub agreements and hub deliveries list what you may see.',
  'resource-not-found': 'hub resources lists the catalog; hub resources TEXT searches it.',
  'not-the-provider': 'hub resources show ID names the provider; hub me shows who you are.',
  'breaking-change': 'When the consumers know of it: the same command with --accept-breaking.',
  'changed-meanwhile': 'Run the same command again if it still applies.',
  'invalid-definition': 'Mend the definition at the places named above and run the same command again.',
  'invalid-terms': 'hub resources show ID lists the fields with their types; mend the terms and propose again.',
  'own-proposal': 'The other party accepts: hub agreements show ID names it.',
  'wrong-state': 'hub agreements show ID, or hub uploads show ID, tells the state and what comes next.',
  'terms-changed': 'hub agreements show ID shows the terms that are on the table now.',
  'digest-differs': 'Read it again (hub agreements show ID) and compare before you repeat it.',
  'already-signed': 'hub agreements show ID tells whose signature is awaited.',
  'no-longer-valid': 'hub agreements propose RESOURCE … with new dates.',
  'not-the-consumer': 'hub deliveries lists what your department receives.',
  'not-released': 'It is on its way; hub poll --follow tells when it is there.',
  'agreement-not-active': 'hub agreements show ID tells since when and why it is not in force.',
};
