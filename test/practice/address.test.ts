import { expect, it } from 'vitest';
import { readAddress } from '../../electron/practice/address.ts';

const APP = `app:AP${'0'.repeat(32)}`;

it.each([
  ['+14155550100', 'number', '+14155550100', {}],
  ['client:maria', 'client', 'client:maria', {}],
  ['client:maria?desk=2', 'client', 'client:maria', { desk: '2' }],
  ['sip:tom@desk.example', 'sip', 'sip:tom@desk.example', {}],
  [`${APP}?mode=listen&of=a%26b`, 'app', APP, { mode: 'listen', of: 'a&b' }],
])('reads %s', (to, kind, address, params) => {
  expect(readAddress(to)).toEqual({ kind, address, params });
});

it.each(['', '4155550100', '+14155550100?a=b', 'client:', 'sip:desk', 'app:AP1', 'mail:a@b'])(
  'does not take %j for one',
  to => {
    expect(readAddress(to)).toBeUndefined();
  },
);
