import { expect, test } from 'vitest';
import { type LinkHandlers, takeTelLinks } from '../../electron/links/tel-handler.ts';
import { quietLog } from '../support/quiet-log.ts';
import { recordingLog } from '../support/recording-log.ts';

/** A system that knows who opens which links. */
function system(holds: boolean, obeys = true): LinkHandlers & { readonly acts: string[] } {
  const acts: string[] = [];
  const act = (name: string) => (scheme: string) => {
    acts.push(`${name} ${scheme}`);
    return obeys;
  };
  return {
    acts,
    isDefaultProtocolClient: () => holds,
    setAsDefaultProtocolClient: act('take'),
    removeAsDefaultProtocolClient: act('let go'),
  };
}

test('Links to numbers are taken only when that is switched on, and let go when it is off again', () => {
  const taking = system(false);
  takeTelLinks(true, taking, quietLog);
  expect(taking.acts).toEqual(['take tel']);
  const lettingGo = system(true);
  takeTelLinks(false, lettingGo, quietLog);
  expect(lettingGo.acts).toEqual(['let go tel']);
});

test('Nothing is done at the system while the choice is what it was', () => {
  const off = system(false);
  takeTelLinks(false, off, quietLog);
  const on = system(true);
  takeTelLinks(true, on, quietLog);
  expect([...off.acts, ...on.acts]).toEqual([]);
});

test('A system that refuses is told in the log', () => {
  const { log, messages } = recordingLog();
  takeTelLinks(true, system(false, false), log);
  expect(messages).toHaveLength(1);
});
