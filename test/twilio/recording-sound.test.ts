import { describe, expect, it } from 'vitest';
import { SoundFault, SoundIntake } from '../../electron/twilio/recording-sound.ts';
import { readWav } from '../support/sound-file.ts';

/** What a file says of its sound. */
type Format = {
  readonly kind?: number;
  readonly channels?: number;
  readonly rateHz?: number;
  readonly bits?: number;
  /** What it says its length is, when that is not so. */
  readonly saidBytes?: number;
  /** Chunks before and behind the sound. */
  readonly before?: Buffer;
  readonly behind?: Buffer;
};

function chunk(name: string, content: Buffer, saidBytes = content.length): Buffer {
  const head = Buffer.alloc(8);
  head.write(name, 0, 'latin1');
  head.writeUInt32LE(saidBytes, 4);
  return Buffer.concat([head, content, Buffer.alloc(content.length % 2)]);
}

/** A WAV file of 16-bit samples. */
function wav(samples: readonly number[], format: Format = {}): Buffer {
  const { kind = 1, channels = 2, rateHz = 8000, bits = 16, saidBytes } = format;
  const told = Buffer.alloc(16);
  told.writeUInt16LE(kind, 0);
  told.writeUInt16LE(channels, 2);
  told.writeUInt32LE(rateHz, 4);
  told.writeUInt16LE(bits, 14);
  const sound = Buffer.alloc(samples.length * 2);
  for (const [index, sample] of samples.entries()) sound.writeInt16LE(sample, 2 * index);
  return Buffer.concat([
    chunk('RIFF', Buffer.from('WAVE')),
    chunk('fmt ', told),
    format.before ?? Buffer.alloc(0),
    chunk('data', sound, saidBytes),
    format.behind ?? Buffer.alloc(0),
  ]);
}

/** What becomes of a file that comes in pieces of some bytes. */
function taken(file: Buffer, pieceBytes = file.length) {
  const intake = new SoundIntake();
  const pieces: Buffer[] = [];
  for (let at = 0; at < file.length; at += pieceBytes) {
    pieces.push(intake.take(file.subarray(at, at + pieceBytes)));
  }
  intake.end();
  const { left, right } = readWav(Buffer.concat([intake.header(), ...pieces]));
  return { left: [...left], right: [...right], durationMs: intake.durationMs };
}

const SAMPLES = [1, -2, 3, -4, 32_767, -32_768];
const SOUND = { left: [1, 3, 32_767], right: [-2, -4, -32_768], durationMs: 0 };

describe('the sound of a recording from Twilio', () => {
  it.each([1, 2, 3, 5, 7, 44, 1000])('is the same in pieces of %i bytes', pieceBytes => {
    expect(taken(wav(SAMPLES), pieceBytes)).toEqual(SOUND);
  });

  it('has a length', () => {
    expect(taken(wav(new Array(2 * 8000).fill(7))).durationMs).toBe(1000);
  });

  it('is kept without what stands before and behind it', () => {
    const file = wav(SAMPLES, {
      before: chunk('LIST', Buffer.from('odd')),
      behind: chunk('LIST', Buffer.alloc(40, 9)),
    });
    expect(taken(file, 10)).toEqual(SOUND);
  });

  it('is taken to its end when the file does not say where that is', () => {
    expect(taken(wav(SAMPLES, { saidBytes: 0xffffffff }), 9)).toEqual(SOUND);
  });

  it('of one channel is on both sides', () => {
    const both = { left: [5, -6], right: [5, -6], durationMs: 0 };
    expect(taken(wav([5, -6], { channels: 1 }), 3)).toEqual(both);
  });

  it('may be told as PCM in the longer way', () => {
    expect(taken(wav(SAMPLES, { kind: 0xfffe }))).toEqual(SOUND);
  });

  it('may be none', () => {
    expect(taken(wav([]))).toEqual({ left: [], right: [], durationMs: 0 });
  });

  it.each([
    ['a page', Buffer.from('<html>Sign in to this network first</html>')],
    ['nothing', Buffer.alloc(0)],
    ['the head of a file', wav(SAMPLES).subarray(0, 40)],
    ['the first part of a file', wav(SAMPLES).subarray(0, 50)],
    ['µ-law', wav(SAMPLES, { kind: 7, bits: 8 })],
    ['another rate', wav(SAMPLES, { rateHz: 16_000 })],
    ['six channels', wav(SAMPLES, { channels: 6 })],
    ['much before any sound', wav(SAMPLES, { before: chunk('LIST', Buffer.alloc(80_000)) })],
  ])('is not found in %s', (_, file) => {
    expect(() => taken(file, 32)).toThrow(SoundFault);
  });
});
