import type { AccountFacts, CallerId } from './account.ts';
import type { CallId } from './call.ts';
import type { LineState, LineTest, Pointing, PublicAddress } from './line.ts';
import type { Problem } from './problem.ts';
import type { Replay } from './replay.ts';
import type { AccountCall, AccountWatch } from './room.ts';
import type { Settings } from './settings.ts';
import type { SoundState } from './sound.ts';
import type { Pack, TranscriberKeys } from './transcription.ts';
import type { Updates } from './updates.ts';

/** What happened at this desk. */
export type DeskFact =
  | { readonly event: 'microphone-moved'; readonly callId: CallId | null }
  | { readonly event: 'talk-key-changed'; readonly held: boolean }
  /** Who hears this desk's microphone, by what its gate let out in the last 300 ms. */
  | { readonly event: 'reach-changed'; readonly callId: CallId | null }
  | { readonly event: 'line-changed'; readonly line: LineState }
  | {
      readonly event: 'account-read';
      readonly account: AccountFacts;
      readonly callerIds: readonly CallerId[];
    }
  | { readonly event: 'address-changed'; readonly address: PublicAddress }
  | { readonly event: 'line-tested'; readonly test: LineTest }
  | { readonly event: 'number-pointed'; readonly pointing: Pointing }
  /** The calls of the account, as they are now. */
  | { readonly event: 'account-calls-changed'; readonly calls: readonly AccountCall[] }
  | { readonly event: 'account-watch-changed'; readonly watch: AccountWatch }
  | { readonly event: 'sound-changed'; readonly sound: SoundState }
  | { readonly event: 'sound-check-changed'; readonly on: boolean }
  /** Sound of the past is played here, or no longer. */
  | { readonly event: 'replay-changed'; readonly replay: Replay | null }
  /** What can be fetched to understand languages here, and how far each is. */
  | { readonly event: 'packs-changed'; readonly packs: readonly Pack[] }
  | { readonly event: 'transcriber-keys-changed'; readonly keys: TranscriberKeys }
  /** What is known of newer versions, and how far one is. */
  | { readonly event: 'updates-changed'; readonly updates: Updates }
  | { readonly event: 'settings-changed'; readonly settings: Settings }
  | { readonly event: 'problem-raised'; readonly id: string; readonly problem: Problem }
  | { readonly event: 'problem-cleared'; readonly id: string };
