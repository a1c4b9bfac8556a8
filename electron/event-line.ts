import type { Call } from './core/call.ts';
import type { ToldEvent } from './core/events.ts';
import type { Message } from './core/message.ts';
import { type AccountCall, modeOf } from './core/room.ts';
import type { ConsoleState } from './core/state.ts';

/** A call as the headless contract names its fields. */
export function callJson(call: Call): Record<string, unknown> {
  const { id, sid, direction, them, ours, ...rest } = call;
  const [from, to] = direction === 'inbound' ? [them.number, ours] : [ours, them.number];
  const about = { callId: id, callSid: sid, direction, from, to, name: them.name };
  if (call.status !== 'live') return { ...about, ...rest };
  const talk = call.talk.figures;
  return { ...about, ...rest, talk, mode: call.room === null ? null : modeOf(call.room) };
}

/** A call of the account as the headless contract names its fields. */
export function accountCallJson({ sid, ...rest }: AccountCall): Record<string, unknown> {
  return { callSid: sid, ...rest };
}

/** A message as the headless contract names its fields. */
export function messageJson(message: Message): Record<string, unknown> {
  const { id, sid, direction, them, ours, ...rest } = message;
  const [from, to] = direction === 'inbound' ? [them, ours] : [ours, them];
  return { messageId: id, messageSid: sid, direction, from, to, ...rest };
}

/** An event as one line of the headless contract: name, ISO time, the call it is about, the rest. */
export function eventLine(event: ToldEvent, { calls }: ConsoleState): string {
  const { event: name, at, eventId, dedupeKey, key: _key, ...fields } = event;
  const time = { event: name, at: new Date(at).toISOString(), eventId, dedupeKey };
  if (event.event === 'account-calls-changed') {
    return JSON.stringify({ ...time, calls: event.calls.map(accountCallJson) });
  }
  const call = 'callId' in event ? calls.find(({ id }) => id === event.callId) : undefined;
  if (call === undefined) return JSON.stringify({ ...time, ...fields });
  const { callId, callSid, direction, from, to } = callJson(call);
  const about = { callId, callSid, direction, from, to };
  const { them: _them, ours: _ours, ...own } = fields as Record<string, unknown>;
  return JSON.stringify({ ...time, ...own, ...about });
}
