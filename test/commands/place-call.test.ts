import { describe, expect, it } from 'vitest';
import { amplitudeAt } from '../support/tones.ts';
import { openDesk } from '../support/desk.ts';
import { until } from '../support/until.ts';
import { BEFORE, environmentOf, openAccount } from '../line/account.ts';
