import { describe, expect, it } from 'vitest';
import { PlayoutLead } from '../../../electron/core/audio/playout-lead.ts';

/** Frames that arrive evenly and are pulled `leadMs` after; returns what the last pull says. */
function follow(lead: PlayoutLead, pulls: number, leadMs: number, idle = 0): number {
  let tooMany = 0;
  for (let i = 0; i < pulls; i += 1) {
    const endMs = (i + 1) * 20;
    lead.arrived(endMs, endMs);
    tooMany = lead.pulled(endMs + leadMs, endMs, idle);
  }
  return tooMany;
}

describe('the lead of playout', () => {
  it('aims at 40 ms first, and at 20 ms after 12 s of even arrival', () => {
    const lead = new PlayoutLead();
    follow(lead, 500, 30);
    expect(lead.targetMs).toBe(40);
    follow(lead, 200, 30);
    expect(lead.targetMs).toBe(20);
  });

  it('leaves a lead alone that is within one frame above the least', () => {
    for (const leadMs of [5, 15, 25]) {
      expect(follow(new PlayoutLead(), 700, leadMs)).toBe(0);
    }
  });

  it('asks for whole frames to be left out or put in', () => {
    expect(follow(new PlayoutLead(), 700, 27)).toBe(160);
    expect(follow(new PlayoutLead(), 700, 67)).toBe(480);
    expect(follow(new PlayoutLead(), 700, 2)).toBe(-160);
  });

  it('counts what makes no lead as too much, and uses it first when more is needed', () => {
    expect(follow(new PlayoutLead(), 700, 15, 60)).toBe(60);
    expect(follow(new PlayoutLead(), 700, 2, 60)).toBe(-100);
  });

  it('wants more at once when something comes late, 200 ms at most', () => {
    const lead = new PlayoutLead();
    follow(lead, 700, 15);
    lead.arrived(14_020 + 60, 14_020);
    expect(lead.targetMs).toBe(80);
    lead.arrived(14_040 + 390, 14_040);
    expect(lead.targetMs).toBe(200);
  });
});
