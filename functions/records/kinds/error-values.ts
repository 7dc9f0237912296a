/** What a cell holds that could not be computed (ECMA-376, part 1, 18.17.3, and what spreadsheet programs have added). */
export const ERROR_VALUES: ReadonlySet<string> = new Set(
  '#NULL! #DIV/0! #VALUE! #REF! #NAME? #NUM! #N/A #GETTING_DATA #SPILL! #CALC! #CONNECT! #BLOCKED! #UNKNOWN! #FIELD! #BUSY! #EXTERNAL! #PYTHON!'.split(
    ' ',
  ),
);
