import { Option, type Command } from 'commander';
import { DeliveryFormat, Frequency, Mask, Reshare } from '../../../../schemas/contracts/terms.ts';
import { Content } from '../../../../schemas/contracts/uploads.ts';
import { anyOf, several, whole } from '../../terminal/option-values.ts';
import { withModeOptions } from './mode-options.ts';

/** Everything that terms can say, as options: of a proposal and of other terms alike. */
export const withTermsOptions = (command: Command): Command =>
  withModeOptions(command)
    .option('--terms <file>', 'terms as JSON or YAML; the options below stand in place of its entries')
    .option('--fields <names>', 'fields wanted, in this order, separated by commas')
    .option(
      '--filter <condition>',
      'rows wanted: field=value, field=a|b, field^=prefix, field>=v, field<=v; repeatable',
      several,
    )
    .option('--mask <field=mask>', `${anyOf(Mask.options)}; repeatable`, several)
    .addOption(
      new Option('--content <content>', 'the whole each time, or after it the edits (hub follow)').choices(
        Content.options,
      ),
    )
    .addOption(new Option('--format <format>', 'of the files; edits are csv or ndjson').choices(DeliveryFormat.options))
    .addOption(new Option('--frequency <frequency>', 'how often').choices(Frequency.options))
    .option('--at <HH:MM>', 'time of day for every frequency but on-arrival')
    .option('--purpose <text>', 'what the data are needed for')
    .option('--basis <text>', 'the law or duty that it rests on')
    .option('--from <date>', 'first day, YYYY-MM-DD')
    .option('--until <date>', 'last day, YYYY-MM-DD, inclusive')
    .option('--provision <text>', 'what the provider promises')
    .option('--use <text>', 'what the consumer may do with the data, and what not')
    .option('--retain <days>', 'for how long the consumer may keep them', whole(1, 36_500))
    .option('--security <text>', 'how the data are kept safe; needed for personal and sensitive fields')
    .option('--justify <field=reason>', 'why a sensitive field is needed unmasked; repeatable', several)
    .addOption(new Option('--reshare <what>', 'what may be passed on through the hub').choices(Reshare.options));
