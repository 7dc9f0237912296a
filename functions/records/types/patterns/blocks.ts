/**
 * The blocks that `\\p{IsBasicLatin}` names (XML Schema 1.1, part 2, G.4.2.3): Unicode 15's of the basic plane without
 * surrogates, those of the planes beyond that XML Schema 1.0 lists, and those of Chinese characters.
 */
const BLOCKS: readonly string[] = [
  'BasicLatin 0-7F; CJKUnifiedIdeographs 4E00-9FFF; ArabicSupplement 750-77F; Sundanese 1B80-1BBF',
  'LatinExtended-B 180-24F; HalfwidthandFullwidthForms FF00-FFEF; YiSyllables A000-A48F; PrivateUseArea E000-F8FF',
  'CJKUnifiedIdeographsExtensionE 2B820-2CEAF; Georgian 10A0-10FF; HangulJamoExtended-A A960-A97F',
  'CJKStrokes 31C0-31EF; Specials FFF0-FFFF; YiRadicals A490-A4CF; GeometricShapes 25A0-25FF',
  'UnifiedCanadianAboriginalSyllabics 1400-167F; HangulJamo 1100-11FF; Gujarati A80-AFF; Batak 1BC0-1BFF',
  'TaiViet AA80-AADF; ArabicExtended-A 8A0-8FF; CJKCompatibilityForms FE30-FE4F; Tamil B80-BFF',
  'SupplementalMathematicalOperators 2A00-2AFF; ArabicPresentationForms-A FB50-FDFF; Bopomofo 3100-312F',
  'CJKRadicalsSupplement 2E80-2EFF; Vai A500-A63F; UnifiedCanadianAboriginalSyllabicsExtended 18B0-18FF',
  'Dingbats 2700-27BF; ModifierToneLetters A700-A71F; SundaneseSupplement 1CC0-1CCF; SmallFormVariants FE50-FE6F',
  'CommonIndicNumberForms A830-A83F; LatinExtendedAdditional 1E00-1EFF; Malayalam D00-D7F; Cyrillic 400-4FF',
  'Oriya B00-B7F; OldItalic 10300-1032F; Runic 16A0-16FF; CJKUnifiedIdeographsExtensionA 3400-4DBF',
  'CJKUnifiedIdeographsExtensionG 30000-3134F; Balinese 1B00-1B7F; MiscellaneousTechnical 2300-23FF',
  'MiscellaneousSymbolsandArrows 2B00-2BFF; IdeographicDescriptionCharacters 2FF0-2FFF',
  'EnclosedCJKLettersandMonths 3200-32FF; SupplementalArrows-B 2900-297F; EnclosedAlphanumerics 2460-24FF',
  'MeeteiMayekExtensions AAE0-AAFF; CJKCompatibility 3300-33FF; EthiopicExtended 2D80-2DDF',
  'MiscellaneousMathematicalSymbols-B 2980-29FF; DevanagariExtended A8E0-A8FF; ArabicExtended-B 870-89F',
  'PhoneticExtensions 1D00-1D7F; Coptic 2C80-2CFF; LatinExtended-E AB30-AB6F; Samaritan 800-83F',
  'HangulCompatibilityJamo 3130-318F; Lao E80-EFF; GeorgianExtended 1C90-1CBF; LatinExtended-C 2C60-2C7F',
  'Tagalog 1700-171F; MusicalSymbols 1D100-1D1FF; Hebrew 590-5FF; LatinExtended-A 100-17F',
  'SuperscriptsandSubscripts 2070-209F; CJKCompatibilityIdeographs F900-FAFF; TaiTham 1A20-1AAF; Tibetan F00-FFF',
  'OlChiki 1C50-1C7F; Javanese A980-A9DF; PhoneticExtensionsSupplement 1D80-1DBF; LatinExtended-D A720-A7FF',
  'NewTaiLue 1980-19DF; Thaana 780-7BF; Tifinagh 2D30-2D7F; Latin-1Supplement 80-FF',
  'OpticalCharacterRecognition 2440-245F; Telugu C00-C7F; CJKUnifiedIdeographsExtensionF 2CEB0-2EBEF',
  'CombiningHalfMarks FE20-FE2F; CJKCompatibilityIdeographsSupplement 2F800-2FA1F; YijingHexagramSymbols 4DC0-4DFF',
  'Hanunoo 1720-173F; Glagolitic 2C00-2C5F; VedicExtensions 1CD0-1CFF; AlphabeticPresentationForms FB00-FB4F',
  'Devanagari 900-97F; CyrillicSupplement 500-52F; SupplementalPunctuation 2E00-2E7F',
  'MathematicalOperators 2200-22FF; Katakana 30A0-30FF; BraillePatterns 2800-28FF; EthiopicExtended-A AB00-AB2F',
  'GreekandCoptic 370-3FF; Lisu A4D0-A4FF; CombiningDiacriticalMarks 300-36F; KatakanaPhoneticExtensions 31F0-31FF',
  'KayahLi A900-A92F; KhmerSymbols 19E0-19FF; Saurashtra A880-A8DF; KangxiRadicals 2F00-2FDF',
  'MyanmarExtended-B A9E0-A9FF; CyrillicExtended-B A640-A69F; SyriacSupplement 860-86F; Thai E00-E7F',
  'Mandaic 840-85F; Ethiopic 1200-137F; Gothic 10330-1034F; ArabicPresentationForms-B FE70-FEFF; Khmer 1780-17FF',
  'Cherokee 13A0-13FF; BlockElements 2580-259F; Kanbun 3190-319F; TaiLe 1950-197F; Bengali 980-9FF; Arabic 600-6FF',
  'Mongolian 1800-18AF; GeneralPunctuation 2000-206F; CurrencySymbols 20A0-20CF; MeeteiMayek ABC0-ABFF',
  'NumberForms 2150-218F; MathematicalAlphanumericSymbols 1D400-1D7FF; Tags E0000-E007F; HangulSyllables AC00-D7AF',
  'BopomofoExtended 31A0-31BF; Cham AA00-AA5F; CJKUnifiedIdeographsExtensionB 20000-2A6DF; SylotiNagri A800-A82F',
  'Bamum A6A0-A6FF; ByzantineMusicalSymbols 1D000-1D0FF; Deseret 10400-1044F; GeorgianSupplement 2D00-2D2F',
  'CombiningDiacriticalMarksExtended 1AB0-1AFF; LetterlikeSymbols 2100-214F',
  'CJKUnifiedIdeographsExtensionH 31350-323AF; Limbu 1900-194F; CyrillicExtended-C 1C80-1C8F; Hiragana 3040-309F',
  'Sinhala D80-DFF; Lepcha 1C00-1C4F; Arrows 2190-21FF; Kannada C80-CFF; Myanmar 1000-109F',
  'SpacingModifierLetters 2B0-2FF; EthiopicSupplement 1380-139F; CJKSymbolsandPunctuation 3000-303F',
  'MyanmarExtended-A AA60-AA7F; Syriac 700-74F; Armenian 530-58F; MiscellaneousMathematicalSymbols-A 27C0-27EF',
  'Gurmukhi A00-A7F; CJKUnifiedIdeographsExtensionD 2B740-2B81F; Buginese 1A00-1A1F; Phags-pa A840-A87F',
  'ControlPictures 2400-243F; Tagbanwa 1760-177F; Rejang A930-A95F; CyrillicExtended-A 2DE0-2DFF; NKo 7C0-7FF',
  'CombiningDiacriticalMarksforSymbols 20D0-20FF; CherokeeSupplement AB70-ABBF; MiscellaneousSymbols 2600-26FF',
  'BoxDrawing 2500-257F; VerticalForms FE10-FE1F; CJKUnifiedIdeographsExtensionC 2A700-2B73F',
  'HangulJamoExtended-B D7B0-D7FF; VariationSelectors FE00-FE0F; IPAExtensions 250-2AF; Buhid 1740-175F',
  'SupplementalArrows-A 27F0-27FF; GreekExtended 1F00-1FFF; Ogham 1680-169F',
  'CombiningDiacriticalMarksSupplement 1DC0-1DFF',
  // As XML Schema 1.0 calls them.
  'Greek 370-3FF; CombiningMarksforSymbols 20D0-20FF; PrivateUse E000-F8FF F0000-FFFFD 100000-10FFFD',
];

type Range = readonly [first: number, last: number];

const RANGES: ReadonlyMap<string, readonly Range[]> = new Map(
  BLOCKS.flatMap((line) => line.split('; ')).map((block) => {
    const [name = '', ...ranges] = block.split(' ');
    return [name, ranges.map(rangeOf)];
  }),
);

function rangeOf(text: string): Range {
  const [first = 0, last = 0] = text.split('-').map((digits) => Number.parseInt(digits, 16));
  return [first, last];
}

const LAST_CHARACTER = 0x10ffff;

/** Members of a class of RE2: the characters of a block, or all others. Undefined where there is no such block. */
export function blockMembers(name: string, others: boolean): string | undefined {
  const ranges = RANGES.get(name);
  return ranges && (others ? complement(ranges) : ranges).map(members).join('');
}

/** Of ranges in their order. */
function complement(ranges: readonly Range[]): Range[] {
  const ends = [...ranges.map(([first]) => first - 1), LAST_CHARACTER];
  const starts = [0, ...ranges.map(([, last]) => last + 1)];
  return starts.map((start, i): Range => [start, ends[i] ?? start]).filter(([first, last]) => first <= last);
}

const members = ([first, last]: Range): string => String.raw`\x{${first.toString(16)}}-\x{${last.toString(16)}}`;
