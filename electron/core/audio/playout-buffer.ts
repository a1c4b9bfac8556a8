import { CONCEALMENT_HISTORY, Concealment } from './concealment.ts';
import { FRAME_MS, FRAME_SAMPLES, type Frame, SAMPLE_RATE_HZ, SILENCE } from './frame.ts';
import { decodeMulaw } from './mulaw.ts';
import { Pace } from './pace.ts';
import { PlayoutLead } from './playout-lead.ts';
import { SampleRing } from './sample-ring.ts';
import { StreamTime } from './stream-time.ts';

const SAMPLES_PER_MS = SAMPLE_RATE_HZ / 1000;

/** Never more than 600 ms waits: what is older is dropped. */
const MOST_SAMPLES = 600 * SAMPLES_PER_MS;

/** Dropping at the upper bound fades over within 5 ms, and sound of a leg not heard before is faded in. */
const JOIN_SAMPLES = 40;

/** A longer gap is a new start and not padded: 1 s. */
const LONGEST_GAP_MS = 1000;

/** After its end a stream fades away within at least 60 ms. */
const END_SAMPLES = 480;

/** Mean of added latency: over about the last 64 frames. */
const MEAN_SHARE = 1 / 64;

/** How the playout of one stream has gone so far. Frames are 20 ms. */
export type PlayoutFigures = {
  /** Frames that arrived and were taken. */
  readonly received: number;
  /** Pieces of 20 ms concealed because their sound had not arrived in time; counted when it arrives. */
  readonly late: number;
  /** Frames that never arrived, told by a jump of the timestamp. */
  readonly missing: number;
  /** Sound left out to catch up, in silence or merged in speech, ms. */
  readonly droppedMs: number;
  /** Sound played again to go slower, ms. */
  readonly insertedMs: number;
  /** Dropped at the upper bound, ms. */
  readonly overflowMs: number;
  /** Waiting now, ms. */
  readonly depthMs: number;
  /** The delay aimed at now, 20 to 200 ms. */
  readonly targetMs: number;
  /** How much later than the fastest 95 % of the sound of the last 12 s arrived at most, ms. */
  readonly jitterMs: number;
  /** Mean time of the last second from arrival of sound to its being pulled, ms. */
  readonly addedMs: number;
};

/**
 * Turns sound that arrives unevenly into one frame every 20 ms of the listener's clock. A WebSocket
 * keeps order, so nothing is ever sorted. One instance per leg.
 *
 * `PlayoutLead` tells at every pull how much sound is too much or too little for the jitter measured,
 * and `Pace` leaves out or puts in a few ms when that is least heard; both clocks drifting apart is
 * corrected on the way. Sound that is late or missing is made up by `Concealment`: what is made up for
 * late sound deepens the buffer at once, as the late sound still is played; what is made up for a jump
 * of the timestamp stands in its place. All edits change `SampleRing`, so a pull without one is a copy.
 */
export class PlayoutBuffer {
  readonly #ring = new SampleRing();
  readonly #pace = new Pace(this.#ring);
  readonly #lead = new PlayoutLead();
  readonly #time = new StreamTime();
  readonly #concealment = new Concealment();
  readonly #frame: Frame = new Int16Array(FRAME_SAMPLES);
  #payloadSamples = FRAME_SAMPLES;
  /** Waiting for enough sound to begin; meanwhile what is left of the time before is played. */
  #filling = true;
  #leftOver = 0;
  #played = false;
  #heard = true;
  /** Samples made up since sound last arrived, and the pulls they were made for. */
  #madeUp = 0;
  #madeUpPulls = 0;

  #received = 0;
  #late = 0;
  #missing = 0;
  #dropped = 0;
  #inserted = 0;
  #overflow = 0;
  #addedMs = 0;

  /** How it has gone so far. */
  get figures(): PlayoutFigures {
    return {
      received: Math.round(this.#received / FRAME_SAMPLES),
      late: this.#late,
      missing: this.#missing,
      droppedMs: this.#dropped / SAMPLES_PER_MS,
      insertedMs: this.#inserted / SAMPLES_PER_MS,
      overflowMs: this.#overflow / SAMPLES_PER_MS,
      depthMs: this.#ring.depth / SAMPLES_PER_MS,
      targetMs: this.#lead.targetMs,
      jitterMs: this.#lead.jitterMs,
      addedMs: this.#addedMs,
    };
  }

  /** Whether there was enough of the stream to begin with. */
  get playing(): boolean {
    return !this.#filling;
  }

  /**
   * Takes sound that arrived: µ-law bytes of any number, usually 160.
   * @param timestampMs where it belongs in the time of its stream, or of its call
   * @param arrivedMs monotonic, of the same clock as `nowMs` of `pull`
   */
  push(timestampMs: number, arrivedMs: number, mulaw: Uint8Array): void {
    const gapMs = this.#time.take(timestampMs, mulaw.length / SAMPLES_PER_MS);
    const from = gapMs !== null && gapMs < 0 ? Math.round(-gapMs * SAMPLES_PER_MS) : 0;
    const count = mulaw.length - from;
    if (count <= 0) return;
    if (gapMs === null) this.#beginAnew();
    else if (gapMs > 0) this.#padGap(gapMs);
    this.#lead.arrived(arrivedMs, this.#time.endMs);
    this.#received += count;
    this.#payloadSamples = count;
    if (this.#madeUp > 0) this.#endUnderrun();
    let start = Math.max(from, mulaw.length - MOST_SAMPLES);
    this.#overflow += start - from;
    if (this.#concealment.active) start += this.#join(mulaw, start);
    this.#ring.append(mulaw, start, arrivedMs);
    if (this.#ring.depth > MOST_SAMPLES) this.#dropOldest();
  }

  /** The 20 ms to play at `nowMs`, valid until the next pull. Call every 20 ms of the listener's clock. */
  pull(nowMs: number): Frame {
    if (this.#filling && !this.#begins(nowMs)) {
      if (this.#leftOver === 0) return SILENCE;
      this.#leftOver -= FRAME_SAMPLES;
    } else {
      const lacking = FRAME_SAMPLES - this.#ring.depth;
      if (lacking <= 0) this.#steer(nowMs);
      else if (this.#conceal(lacking)) return SILENCE;
    }
    this.#ring.take(this.#frame);
    if (!this.#heard) this.#fadeIn();
    return this.#frame;
  }

  /** Like `pull` for a leg nobody listens to: goes on without decoding. */
  skip(nowMs: number): void {
    this.#heard = false;
    const waiting = Math.min(FRAME_SAMPLES, this.#ring.depth);
    if (this.#filling && !this.#begins(nowMs)) {
      if (this.#leftOver === 0) return;
      this.#leftOver -= FRAME_SAMPLES;
    } else if (waiting === FRAME_SAMPLES) {
      this.#steer(nowMs);
    } else {
      this.#madeUp += FRAME_SAMPLES - waiting;
      this.#madeUpPulls += 1;
      this.#concealment.fallSilent();
    }
    this.#ring.advance(waiting);
  }

  /** Starts anew with another stream, whose timestamps begin at zero. Figures go on counting. */
  restart(): void {
    this.#ring.clear();
    this.#leftOver = 0;
    this.#time.restart();
    this.#beginAnew();
  }

  /** Whether enough is there to begin with. */
  #begins(nowMs: number): boolean {
    const waiting = this.#ring.depth - this.#leftOver;
    if (waiting === 0) return false;
    if (!this.#lead.suffices(nowMs, this.#neededMs(Math.max(0, waiting - FRAME_SAMPLES))))
      return false;
    this.#filling = false;
    this.#leftOver = 0;
    return true;
  }

  /** Where the newest payload of which a pull needs something ends, when it leaves `waiting` samples. */
  #neededMs(waiting: number): number {
    const spared = Math.floor(waiting / this.#payloadSamples) * this.#payloadSamples;
    return this.#time.endMs - spared / SAMPLES_PER_MS;
  }

  /** Plays a little faster or slower when the lead wants it. */
  #steer(nowMs: number): void {
    const waiting = this.#ring.depth - FRAME_SAMPLES;
    // Payloads that are no whole frames never line up with pulls: nothing is idle for good.
    const idle = this.#payloadSamples % FRAME_SAMPLES === 0 ? waiting % FRAME_SAMPLES : 0;
    const tooMany = this.#lead.pulled(nowMs, this.#neededMs(waiting), idle);
    if (tooMany > 0) {
      const dropped = this.#pace.leaveOut(tooMany);
      this.#dropped += dropped;
      if (dropped > 0) this.#shiftLead(waiting, -dropped);
    } else if (tooMany < 0) {
      const inserted = this.#pace.putIn(-tooMany);
      this.#inserted += inserted;
      if (inserted > 0) this.#shiftLead(waiting, inserted);
    }
    const addedMs = nowMs - this.#ring.arrivedAtMs(FRAME_SAMPLES / 2);
    this.#addedMs += (addedMs - this.#addedMs) * (this.#played ? MEAN_SHARE : 1);
    this.#played = true;
  }

  #shiftLead(waiting: number, samples: number): void {
    const steps = Math.floor((waiting + samples) / FRAME_SAMPLES);
    this.#lead.shift((steps - Math.floor(waiting / FRAME_SAMPLES)) * FRAME_MS);
  }

  /** Fills a jump of the timestamp with made-up sound, less what was made up while waiting for it. */
  #padGap(gapMs: number): void {
    this.#missing += Math.round(gapMs / FRAME_MS);
    if (gapMs > LONGEST_GAP_MS) {
      this.#beginAnew();
      return;
    }
    const gap = Math.round(gapMs * SAMPLES_PER_MS);
    const covered = Math.min(gap, this.#madeUp);
    this.#madeUp -= covered;
    this.#madeUpPulls -= Math.min(this.#madeUpPulls, Math.round(covered / FRAME_SAMPLES));
    this.#makeUp(gap - covered);
    if (this.#ring.depth > MOST_SAMPLES) this.#dropOldest();
  }

  /** What was made up while sound was late deepens the buffer, as the late sound is still played. */
  #endUnderrun(): void {
    this.#late += this.#madeUpPulls;
    this.#lead.shift(Math.ceil(this.#madeUp / FRAME_SAMPLES) * FRAME_MS);
    this.#madeUp = 0;
    this.#madeUpPulls = 0;
  }

  /** Makes up what a pull lacks. Returns whether the frame would be silent anyway. */
  #conceal(lacking: number): boolean {
    this.#madeUp += lacking;
    this.#madeUpPulls += 1;
    const isSilent =
      lacking === FRAME_SAMPLES && this.#concealment.active && this.#concealment.silent;
    if (!isSilent) this.#makeUp(lacking);
    return isSilent;
  }

  #makeUp(count: number): void {
    if (count <= 0) return;
    if (!this.#concealment.active) {
      const before = new Int16Array(CONCEALMENT_HISTORY);
      this.#concealment.begin(this.#ring.read(this.#ring.depth - CONCEALMENT_HISTORY, before));
    }
    this.#ring.appendSamples(this.#concealment.make(new Int16Array(count)));
  }

  /** Fades from made-up sound into the beginning of a payload. Returns how much of it that took. */
  #join(mulaw: Uint8Array, from: number): number {
    const count = this.#concealment.joins(mulaw.length - from);
    const returned = decodeMulaw(mulaw.subarray(from, from + count));
    this.#ring.appendSamples(this.#concealment.join(returned));
    return count;
  }

  #dropOldest(): void {
    const over = this.#ring.depth - MOST_SAMPLES;
    this.#ring.jump(over, JOIN_SAMPLES);
    this.#lead.shift(-over / SAMPLES_PER_MS);
    this.#overflow += over;
  }

  #fadeIn(): void {
    this.#heard = true;
    for (let i = 0; i < JOIN_SAMPLES; i += 1) {
      this.#frame[i] = ((this.#frame[i] ?? 0) * i) / JOIN_SAMPLES;
    }
  }

  /** Begins to measure anew, and waits for some sound before playing it; what is there fades away. */
  #beginAnew(): void {
    this.#lead.reset();
    this.#filling = true;
    this.#madeUp = 0;
    this.#madeUpPulls = 0;
    if (!this.#played || (this.#concealment.active && this.#concealment.silent)) return;
    const over = (this.#ring.depth + END_SAMPLES) % FRAME_SAMPLES;
    this.#makeUp(END_SAMPLES + (over === 0 ? 0 : FRAME_SAMPLES - over));
    this.#leftOver = this.#ring.depth;
  }
}
