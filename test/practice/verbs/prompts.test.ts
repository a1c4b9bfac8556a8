import { describe, expect, it } from 'vitest';
import { tone } from '../../../electron/practice/tone.ts';
import { ends, loudness, openLine, shareOf } from '../fixture.ts';
import { wavFile } from '../wav-file.ts';

async function heardAfter(
  twiml: string,
  prepare?: (app: Awaited<ReturnType<typeof openLine>>['app']) => void,
) {
  const line = await openLine();
  prepare?.(line.app);
  const { sid } = await line.call(twiml.replaceAll('$APP', line.app.url));
  await ends(line, sid, 'completed');
  return { heard: line.line.heardBy(sid) ?? new Int16Array(), alerts: line.line.alerts() };
}

/** Samples that are not silent. */
function soundIn(samples: Int16Array): number {
  return samples.filter(sample => sample !== 0).length;
}

describe('Say', () => {
  it('is spoken to the far person, as often as its loop tells', async () => {
    const once = await heardAfter('<Say voice="man">Good morning.</Say>');
    const twice = await heardAfter('<Say voice="man" loop="2">Good morning.</Say>');
    expect(soundIn(once.heard)).toBeGreaterThan(4000);
    expect(soundIn(twice.heard)).toBe(2 * soundIn(once.heard));
  });

  it('has a man’s and a woman’s voice', async () => {
    const man = await heardAfter('<Say voice="Polly.Matthew">Good morning.</Say>');
    const woman = await heardAfter('<Say voice="alice">Good morning.</Say>');
    expect(man.heard).not.toEqual(woman.heard);
  });
});

describe('Play', () => {
  it('plays a sound file at any rate', async () => {
    const sound = tone([500], 1000);
    const doubled = Int16Array.from({ length: sound.length * 2 }, (_, i) => sound[i >> 1] ?? 0);
    const { heard } = await heardAfter('<Play>$APP/a.wav</Play>', app =>
      app.on('/a.wav', wavFile(doubled, 16_000)),
    );
    const start = heard.findIndex(sample => Math.abs(sample) > 100);
    expect(shareOf(500, heard.subarray(start, start + 7900))).toBeGreaterThan(0.95);
  });

  it('plays digits as tones', async () => {
    const { heard } = await heardAfter('<Play digits="1"/>');
    const start = heard.findIndex(sample => sample !== 0);
    const key = heard.subarray(start, start + 780);
    expect(shareOf(697, key) + shareOf(1209, key)).toBeGreaterThan(0.9);
  });

  it('is skipped with an alert when the sound cannot be had', async () => {
    const { alerts } = await heardAfter('<Play>$APP/none.wav</Play><Pause length="0"/>');
    expect(alerts).toMatchObject([{ code: 11200 }]);
  });
});

describe('Pause', () => {
  it('lasts as long as it says', async () => {
    const { heard } = await heardAfter('<Pause length="3"/>');
    expect(heard.length).toBeGreaterThan(8000 * 2.5);
    expect(loudness(heard)).toBe(0);
  });
});
