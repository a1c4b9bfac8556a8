import { expect, test } from 'vitest';
import { type Licence, licencesFor } from '../../../renderer/settings/licences.ts';

const part = (name: string, licence: string): Licence => ({
  name,
  licence,
  version: '1.0.0',
  text: 'A text.',
  note: '',
});

test('Licences are found by name and by licence, all words of what is typed', () => {
  const all = [part('react', 'MIT'), part('react-dom', 'MIT'), part('koffi', 'Apache-2.0')];
  const names = (typed: string) => licencesFor(all, typed).map(({ name }) => name);
  expect(names('')).toEqual(['react', 'react-dom', 'koffi']);
  expect(names('APACHE')).toEqual(['koffi']);
  expect(names(' mit dom ')).toEqual(['react-dom']);
  expect(names('gpl')).toEqual([]);
});
