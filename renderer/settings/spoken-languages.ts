import type { FindOption } from '../controls/find-menu.tsx';

/**
 * What may be spoken, as transcribers name it: the languages that Twilio's Real-Time Transcription takes.
 * Source: https://www.twilio.com/docs/voice/twiml/transcription, languageCode.
 */
const SPOKEN = (
  'af-ZA am-ET ar-AE ar-BH ar-DZ ar-EG ar-IL ar-IQ ar-JO ar-KW ar-LB ar-MA ar-OM ar-PS ar-QA ar-SA ' +
  'ar-TN ar-YE az-AZ bg-BG bn-BD bn-IN bs-BA ca-ES cs-CZ da-DK de-AT de-CH de-DE el-GR en-AU en-CA ' +
  'en-GB en-GH en-HK en-IE en-IN en-KE en-NG en-NZ en-PH en-PK en-SG en-TZ en-US en-ZA es-AR es-BO ' +
  'es-CL es-CO es-CR es-DO es-EC es-ES es-GT es-HN es-MX es-NI es-PA es-PE es-PR es-PY es-SV es-US ' +
  'es-UY es-VE et-EE eu-ES fa-IR fi-FI fil-PH fr-BE fr-CA fr-CH fr-FR gl-ES gu-IN he-IL hi-IN hr-HR ' +
  'hu-HU hy-AM id-ID is-IS it-CH it-IT ja-JP jv-ID ka-GE kk-KZ km-KH kn-IN ko-KR lo-LA lt-LT lv-LV ' +
  'mk-MK ml-IN mn-MN mr-IN ms-MY my-MM nb-NO ne-NP nl-BE nl-NL pa-IN pl-PL pt-BR pt-PT ro-RO ru-RU ' +
  'si-LK sk-SK sl-SI sq-AL sr-RS su-ID sv-SE sw-KE sw-TZ ta-IN ta-LK ta-MY ta-SG te-IN th-TH tr-TR ' +
  'uk-UA ur-IN ur-PK uz-UZ vi-VN zh-CN zh-HK zh-TW zu-ZA'
).split(' ');

/** A language by its own name, `Deutsch (Österreich)`. @param code BCP-47 */
export function ownName(code: string): string {
  return nameIn(code, code);
}

/**
 * The languages that fit a text, by their own name, their name here or their code. One that is set
 * although it is not among them is offered too.
 * @param locale the language of this computer
 */
export function languagesFor(text: string, set: string, locale?: string): readonly FindOption[] {
  const wanted = plain(text);
  const codes = SPOKEN.includes(set) ? SPOKEN : [set, ...SPOKEN];
  const all = codes.map(code => ({
    value: code,
    name: ownName(code),
    detail: nameIn(code, locale),
  }));
  const found = all.filter(({ value, name, detail }) =>
    [value, name, detail].some(each => plain(each).includes(wanted)),
  );
  // What begins so is meant rather than what only has it somewhere.
  const rank = ({ value, name, detail }: (typeof all)[number]): number =>
    [detail, name, value].some(each => plain(each).startsWith(wanted)) ? 0 : 1;
  return found
    .sort((a, b) => rank(a) - rank(b) || a.detail.localeCompare(b.detail, locale))
    .map(({ value, name, detail }) => ({ value, name, detail: `${detail}, ${value}` }));
}

function nameIn(code: string, locale: string | undefined): string {
  try {
    const names = new Intl.DisplayNames(locale, { type: 'language', languageDisplay: 'standard' });
    return names.of(code) ?? code;
  } catch {
    return code;
  }
}

/** Without case and accents. */
function plain(text: string): string {
  return text.trim().normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}
