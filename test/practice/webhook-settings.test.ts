import { expect, it } from 'vitest';
import { webhookSettings } from '../../electron/practice/webhook-settings.ts';

const URL = 'https://desk.example/voice';

it('has Twilio’s defaults without a fragment', () => {
  expect(webhookSettings(URL)).toEqual({
    connectMs: 5000,
    readMs: 15_000,
    totalMs: 15_000,
    retries: 1,
    retryOn: new Set(['ct']),
  });
});

it('reads every setting of a fragment', () => {
  expect(webhookSettings(`${URL}?a=1#ct=200&rt=300&tt=400&rc=5&rp=5xx,rt`)).toEqual({
    connectMs: 200,
    readMs: 300,
    totalMs: 400,
    retries: 5,
    retryOn: new Set(['5xx', 'rt']),
  });
  expect(webhookSettings(`${URL}#rp=all`).retryOn.size).toBe(4);
});

it('ignores what is out of range or no number', () => {
  expect(webhookSettings(`${URL}#ct=50&rt=20000&tt=x&rc=6&rp=sometimes`)).toEqual(
    webhookSettings(URL),
  );
});
