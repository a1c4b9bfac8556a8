import { readAddress } from './address.ts';
import { PracticeCall } from './call.ts';
import type { Params } from './call-params.ts';
import { alert, type Line } from './line.ts';
import type { Person } from './person.ts';
import { ringIn } from './ring-in.ts';
import { runProgram } from './run-twiml.ts';
import { voiceSource } from './voice-source.ts';
import { createWire, type WireEnd } from './wire.ts';

/** Longer than any call lets it ring, in milliseconds: the one who calls gives up first. */
const PATIENCE_MS = 3_600_000;

const BAD_URL = 11100;

/**
 * Who answers where no person does: an application, or a number of ours. Its TwiML runs at the far
 * end; what the call hears goes to it, and what it plays is what the call says. Undefined for any
 * other address.
 */
export function programAt(line: Line, to: string): Person | undefined {
  const read = readAddress(to);
  if (read === undefined) return undefined;
  const { near, far } = createWire();
  if (read.kind === 'app') {
    return programPerson(read.address, near, call => runApplication(line, call, far, read.params));
  }
  const own = line.numbers.find(({ phoneNumber }) => phoneNumber === read.address);
  if (own?.capabilities.voice !== true) return undefined;
  return programPerson(read.address, near, call => {
    const caller = { ...programPerson(call.from, far, () => {}), patienceMs: PATIENCE_MS };
    bind(call, ringIn(line, caller, own.phoneNumber));
  });
}

/** The far end of a call to an application is the same call, seen from there. */
function runApplication(line: Line, call: PracticeCall, wire: WireEnd, params: Params): void {
  const application = line.applications.get(call.to.slice('app:'.length));
  if (application === undefined || application.voiceUrl === '') {
    alert(line, call, BAD_URL, 'The application has no VoiceUrl');
    call.end('failed');
    return;
  }
  const far = new PracticeCall({
    clock: line.clock,
    speech: line.speech,
    sid: call.sid,
    direction: 'outbound-api',
    from: call.from,
    to: call.to,
    person: programPerson(call.to, wire, () => {}),
    tapeMs: 0,
    onError: error => line.log.error({ error: String(error) }, 'A practice call had an error'),
  });
  bind(call, far);
  far.ring();
  const source = voiceSource(application);
  const told = { ApplicationSid: application.sid, ...params };
  runProgram(line, far, { ...source, params: told });
}

/** Both ends of a wire are answered together and are over together. */
function bind(call: PracticeCall, far: PracticeCall): void {
  const follow = (): void => {
    if (far.status === 'in-progress') call.answer();
    if (!far.over.aborted) return;
    if (call.status === 'in-progress') call.end('completed');
    else call.end(endOf(far), far.sipCode);
  };
  far.progress.on(follow);
  call.over.addEventListener('abort', () => far.end('completed'), { once: true });
  follow();
}

/** How a call ends that was not answered. */
function endOf({ status }: PracticeCall): 'busy' | 'no-answer' | 'failed' {
  return status === 'busy' || status === 'no-answer' ? status : 'failed';
}

function programPerson(number: string, wire: WireEnd, begin: (call: PracticeCall) => void): Person {
  return {
    number,
    name: '',
    about: 'A program of the account.',
    voice: { name: 'rms' },
    verified: true,
    pickUp: { does: 'run', begin },
    patienceMs: 0,
    whenCalled: [],
    whenCalling: [],
    wire,
  };
}
