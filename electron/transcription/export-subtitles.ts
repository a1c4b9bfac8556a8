import type { Cue } from './export-cues.ts';

/** Subtitles as SubRip has them. */
export function srtOf(cues: readonly Cue[]): string {
  const written = cues.map(({ fromMs, toMs, name, text }, i) =>
    [
      `${i + 1}`,
      `${time(fromMs, ',')} --> ${time(toMs, ',')}`,
      withoutArrow(`${oneLine(name)}: ${text}`),
    ].join('\n'),
  );
  return `${written.join('\n\n')}\n`;
}

/** Subtitles as WebVTT has them, with a voice for everybody. @param about what stands before them */
export function vttOf(cues: readonly Cue[], about: readonly string[]): string {
  const note = `NOTE\n${about.map(each => withoutArrow(oneLine(each))).join('\n')}`;
  const written = cues.map(({ fromMs, toMs, name, text }) =>
    [
      `${time(fromMs, '.')} --> ${time(toMs, '.')}`,
      `<v ${escaped(oneLine(name))}>${escaped(text)}</v>`,
    ].join('\n'),
  );
  return `${['WEBVTT', note, ...written].join('\n\n')}\n`;
}

/** Hours, minutes, seconds and thousandths. @param point what stands before the thousandths */
function time(ms: number, point: ',' | '.'): string {
  const whole = Math.max(0, Math.round(ms));
  const parts = [whole / 3_600_000, (whole / 60_000) % 60, (whole / 1000) % 60];
  const clock = parts.map(part => `${Math.floor(part)}`.padStart(2, '0')).join(':');
  return `${clock}${point}${`${whole % 1000}`.padStart(3, '0')}`;
}

/** Source: W3C WebVTT §3.2, cue text; an arrow would begin another cue. */
function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** SubRip has no way to escape what parts its times. */
function withoutArrow(text: string): string {
  return text.replaceAll('-->', '->');
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
