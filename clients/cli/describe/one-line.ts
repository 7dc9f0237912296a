/** Names and values of a file may hold anything, and a terminal obeys some of it. */
// oxlint-disable-next-line no-control-regex -- these are what is taken out
export const oneLine = (text: string): string => text.replaceAll(/[\u0000-\u001f\u007f-\u009f]+/g, ' ');
