import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { writeSbom } from '../../build/release-sbom.mjs';
import { tempFolder } from '../support/temp-folder.ts';

const sbomSchema = z.object({
  bomFormat: z.literal('CycloneDX'),
  metadata: z.object({ component: z.object({ name: z.literal('earshot') }) }),
  components: z.array(z.object({ name: z.string(), version: z.string() })),
});

it('lists what Earshot is made of, that of its window too', async () => {
  const path = await writeSbom(tempFolder());
  expect(path).toMatch(/Earshot-\d.*-sbom\.cdx\.json$/);
  const { components } = sbomSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  const names = components.map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(['twilio', 'ws', 'react', 'electron', 'koffi']));
});
