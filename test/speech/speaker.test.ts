import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  createLocalSpeaker,
  createWorkerSpeaker,
  type Speaker,
} from '../../electron/speech/speaker.ts';
import { loudness } from '../practice/fixture.ts';

const ROOT = join(import.meta.dirname, '../..');

describe('the speech synthesiser', () => {
  const local = createLocalSpeaker(import.meta.filename);

  it.each(['rms', 'slt', 'awb', 'kal16'] as const)('speaks with the voice %s', async name => {
    const samples = await local.speak('Good morning.', { name });
    expect(samples.length).toBeGreaterThan(4000);
    expect(samples.length).toBeLessThan(16_000);
    expect(loudness(samples)).toBeGreaterThan(1000);
  });

  it('speaks slower when stretched', async () => {
    const usual = await local.speak('Good morning.', { name: 'slt' });
    const slow = await local.speak('Good morning.', { name: 'slt', stretch: 1.5 });
    expect(slow.length / usual.length).toBeCloseTo(1.5, 0);
  });

  it('says nothing for an empty text', async () => {
    expect(await local.speak('  ', { name: 'rms' })).toHaveLength(0);
  });
});

describe('the speech worker', () => {
  let folder: string;
  let worker: Speaker;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'speech-worker-'));
    await build({
      root: ROOT,
      configFile: false,
      logLevel: 'silent',
      build: {
        ssr: join(ROOT, 'electron/speech/speech-worker.ts'),
        outDir: folder,
        rollupOptions: { output: { format: 'cjs', entryFileNames: 'speech-worker.cjs' } },
      },
    });
    worker = createWorkerSpeaker(join(folder, 'speech-worker.cjs'), import.meta.filename);
  });

  afterAll(async () => {
    await worker.close();
    await rm(folder, { recursive: true });
  });

  it('says the same as the calling thread', async () => {
    const local = createLocalSpeaker(import.meta.filename);
    const voice = { name: 'kal16' } as const;
    const texts = ['One.', 'Two.', 'Three.'];
    const spoken = await Promise.all(texts.map(text => worker.speak(text, voice)));
    for (const [index, text] of texts.entries()) {
      expect(spoken[index]).toEqual(await local.speak(text, voice));
    }
  });

  it('refuses to speak when closed', async () => {
    await worker.close();
    await expect(worker.speak('Four.', { name: 'rms' })).rejects.toThrow('closed');
  });
});
