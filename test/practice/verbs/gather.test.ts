import { describe, expect, it } from 'vitest';
import type { Script } from '../../../electron/practice/script.ts';
import { ends, openLine, response } from '../fixture.ts';
import { testPerson } from '../people.ts';

async function gathered(gather: string, script: Script, after = '<Hangup/>') {
  const line = await openLine([testPerson({ script: [...script, { do: 'pause', ms: 60_000 }] })]);
  line.app.on('/action', response('<Hangup/>'));
  const { sid } = await line.call(gather.replace('/action', `${line.app.url}/action`) + after);
  await ends(line, sid, 'completed');
  const heard = line.line.heardBy(sid) ?? new Int16Array();
  return { params: line.app.requests('/action')[0]?.params, heard };
}

const pressing = (digits: string): Script => [
  { do: 'pause', ms: 100 },
  { do: 'press', digits },
];

describe('Gather', () => {
  it('ends at the last of its digits', async () => {
    const { params } = await gathered('<Gather numDigits="3" action="/action"/>', pressing('1234'));
    expect(params).toMatchObject({ Digits: '123' });
  });

  it('ends at the finishing key', async () => {
    const { params } = await gathered('<Gather action="/action"/>', pressing('12#'));
    expect(params).toMatchObject({ Digits: '12', FinishedOnKey: '#' });
  });

  it('ends when no more keys come', async () => {
    const { params } = await gathered('<Gather timeout="1" action="/action"/>', pressing('7'));
    expect(params).toMatchObject({ Digits: '7' });
  });

  it('goes on with the next verb when nothing comes', async () => {
    const { params } = await gathered('<Gather timeout="1" action="/action"/>', []);
    expect(params).toBeUndefined();
  });

  it('asks the action also without a result when told so', async () => {
    const gather = '<Gather timeout="1" actionOnEmptyResult="true" action="/action"/>';
    const { params } = await gathered(gather, []);
    expect(params).toMatchObject({ Digits: '' });
  });

  it('says its prompts until a key is pressed', async () => {
    const gather =
      '<Gather numDigits="1" action="/action"><Play digits="wwwwwwwwwwwwwwwwwwwwwwwwwwwwwwww"/></Gather>';
    const { params, heard } = await gathered(gather, pressing('9'));
    expect(params).toMatchObject({ Digits: '9' });
    expect(heard.length).toBeLessThan(8000 * 15);
  });

  it('waits for the answer from the end of its prompts on', async () => {
    const gather =
      '<Gather timeout="2" numDigits="1" action="/action"><Pause length="3"/></Gather>';
    const { params } = await gathered(gather, [
      { do: 'pause', ms: 4000 },
      { do: 'press', digits: '4' },
    ]);
    expect(params).toMatchObject({ Digits: '4' });
  });

  it('tells what the far person says', async () => {
    // However long a busy computer takes to speak.
    const gather = '<Gather input="speech" timeout="300" speechTimeout="2" action="/action"/>';
    const { params } = await gathered(gather, [
      { do: 'pause', ms: 200 },
      { do: 'say', text: 'I want a refund.' },
    ]);
    expect(params?.['SpeechResult']).toBe('I want a refund.');
    expect(Number(params?.['Confidence'])).toBeGreaterThan(0.9);
  });
});
