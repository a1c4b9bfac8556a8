import { describe, expect, it } from 'vitest';
import { fastClock } from './fast-clock.ts';
import { bestShareOf, ends, eventually, type Fixture, openLine, response } from './fixture.ts';
import { testPerson } from './people.ts';

const CALLERS = [500, 700, 900].map((hz, index) =>
  testPerson({
    number: `+1415555012${index + 1}`,
    script: [{ do: 'repeat', times: 3600, steps: [{ do: 'tone', hz, ms: 1000 }] }],
  }),
);

async function withQueue(clock = fastClock(15)) {
  const line = await openLine(CALLERS, clock);
  line.app.on('/wait', response('<Pause length="2"/>'));
  line.app.on('/left', response('<Hangup/>'));
  const enqueue = (to = CALLERS[0]?.number): Promise<string> =>
    line
      .call('', {
        to,
        twiml: response(
          `<Enqueue waitUrl="${line.app.url}/wait" action="${line.app.url}/left">support</Enqueue>`,
        ),
      })
      .then(call => call.sid);
  return { ...line, enqueue };
}

function size(line: Fixture, count: number): Promise<void> {
  return eventually(async () => {
    const [queue] = await line.client.queues.list();
    expect(queue?.currentSize).toBe(count);
  });
}

// Sound on a clock that runs many times too fast: a busy computer may lose some of it.
describe('a queue', { retry: 2 }, () => {
  it('tells who waits their place, and everybody the same queue', async () => {
    const line = await withQueue();
    const first = await line.enqueue(CALLERS[0]?.number);
    await size(line, 1);
    const second = await line.enqueue(CALLERS[1]?.number);
    await size(line, 2);
    const asked = (sid: string) =>
      line.app.requests('/wait').filter(({ params }) => params['CallSid'] === sid);
    await eventually(() => {
      expect(asked(second).length).toBeGreaterThan(1);
      expect(asked(first).at(-1)?.params['CurrentQueueSize']).toBe('2');
    });
    expect(asked(first)[0]?.params).toMatchObject({
      QueuePosition: '1',
      CurrentQueueSize: '1',
      QueueTime: '0',
      AvgQueueTime: '0',
    });
    expect(asked(second)[0]?.params).toMatchObject({
      QueuePosition: '2',
      CurrentQueueSize: '2',
      QueueSid: asked(first)[0]?.params['QueueSid'],
    });
    expect(Number(asked(first).at(-1)?.params['QueueTime'])).toBeGreaterThan(1);
    line.line.farHangUp(first);
    await eventually(() => expect(asked(second).at(-1)?.params['QueuePosition']).toBe('1'));
    expect(line.app.requests('/left')[0]?.params).toMatchObject({ QueueResult: 'hangup' });
  });

  it('gives its front to a Dial, who hears them after their TwiML', async () => {
    // What people hear of each other is told by frames, which a busy computer drops on a faster clock.
    const line = await withQueue(fastClock(4));
    const first = await line.enqueue(CALLERS[0]?.number);
    await size(line, 1);
    line.app.on('/soon', response('<Pause length="1"/>'));
    line.app.on('/dialled', response('<Pause length="600"/>'));
    const { sid } = await line.call('', {
      to: CALLERS[2]?.number,
      twiml: response(
        `<Dial action="${line.app.url}/dialled"><Queue url="${line.app.url}/soon">support</Queue></Dial>`,
      ),
    });
    await size(line, 0);
    await eventually(() => {
      expect(bestShareOf(900, line.line.heardBy(first) ?? new Int16Array())).toBeGreaterThan(0.7);
      expect(bestShareOf(500, line.line.heardBy(sid) ?? new Int16Array())).toBeGreaterThan(0.7);
    });
    expect(line.app.requests('/soon')[0]?.params).toMatchObject({
      CallSid: first,
      DequeingCallSid: sid,
    });
    line.line.farHangUp(first);
    await eventually(() => expect(line.app.requests('/dialled')).toHaveLength(1));
    expect(line.app.requests('/dialled')[0]?.params).toMatchObject({
      DialCallStatus: 'completed',
      DialCallSid: first,
      DialBridged: 'true',
    });
    expect(line.app.requests('/left')[0]?.params).toMatchObject({ QueueResult: 'bridged' });
    expect(await line.status(sid)).toBe('in-progress');
  });

  it('lets a Dial wait for the first who comes, and goes on with the action of the member', async () => {
    const line = await withQueue();
    const early = await line.enqueue();
    await size(line, 1);
    line.line.farHangUp(early);
    await size(line, 0);
    const agent = await line.call('', {
      to: CALLERS[1]?.number,
      twiml: response('<Dial timeout="60"><Queue>support</Queue></Dial>'),
    });
    await eventually(async () => expect(await line.status(agent.sid)).toBe('in-progress'));
    const member = await line.enqueue();
    await eventually(() =>
      expect(bestShareOf(700, line.line.heardBy(member) ?? new Int16Array())).toBeGreaterThan(0.7),
    );
    line.line.farHangUp(agent.sid);
    await ends(line, member, 'completed');
    expect(line.app.requests('/left').at(-1)?.params).toMatchObject({
      CallSid: member,
      QueueResult: 'bridged',
    });
  });

  it('is left by Leave and by other instructions', async () => {
    const line = await withQueue();
    line.app.on('/wait', response('<Leave/>'));
    await line.enqueue();
    await eventually(() =>
      expect(line.app.requests('/left')[0]?.params).toMatchObject({ QueueResult: 'leave' }),
    );
    line.app.on('/wait', response('<Pause length="2"/>'));
    const second = await line.enqueue();
    await size(line, 1);
    await line.client.calls(second).update({ twiml: response('<Pause length="600"/>') });
    await size(line, 0);
    await eventually(() =>
      expect(line.app.requests('/left')[1]?.params).toMatchObject({ QueueResult: 'redirected' }),
    );
    expect(await line.status(second)).toBe('in-progress');
  });
});

// Sound on a clock that runs many times too fast: a busy computer may lose some of it.
describe('the queue resource', { retry: 2 }, () => {
  it('is made, changed and filled up to its size', async () => {
    const line = await withQueue();
    const queue = await line.client.queues.create({ friendlyName: 'support', maxSize: 1 });
    expect(queue).toMatchObject({ friendlyName: 'support', maxSize: 1, currentSize: 0 });
    await expect(line.client.queues.create({ friendlyName: 'support' })).rejects.toMatchObject({
      status: 400,
    });
    await line.enqueue();
    await size(line, 1);
    await line.enqueue(CALLERS[1]?.number);
    await eventually(() =>
      expect(line.app.requests('/left')[0]?.params).toMatchObject({
        QueueResult: 'queue-full',
        QueueSid: queue.sid,
      }),
    );
    await expect(line.client.queues(queue.sid).remove()).rejects.toMatchObject({ status: 400 });
    const changed = await line.client.queues(queue.sid).update({ friendlyName: 'sales' });
    expect(changed.friendlyName).toBe('sales');
  });

  it('shows its members and sends them elsewhere', async () => {
    const line = await withQueue();
    const first = await line.enqueue();
    await size(line, 1);
    const second = await line.enqueue(CALLERS[1]?.number);
    await size(line, 2);
    const [queue] = await line.client.queues.list();
    const members = await line.client.queues(queue?.sid ?? '').members.list();
    expect(members).toMatchObject([
      { callSid: first, position: 1, queueSid: queue?.sid },
      { callSid: second, position: 2 },
    ]);
    const url = line.app.on('/agent', response('<Pause length="600"/>'));
    const front = line.client.queues(queue?.sid ?? '').members('Front');
    expect((await front.fetch()).callSid).toBe(first);
    await front.update({ url, method: 'GET' });
    await eventually(() => expect(line.app.requests('/agent')).toHaveLength(1));
    expect((await front.fetch()).callSid).toBe(second);
    await line.client
      .queues(queue?.sid ?? '')
      .members(second)
      .update({ url });
    await size(line, 0);
    await expect(front.fetch()).rejects.toMatchObject({ code: 20404 });
  });
});
