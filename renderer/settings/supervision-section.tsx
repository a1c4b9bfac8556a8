import { formatPhoneNumber } from '../../electron/core/phone-number.ts';
import { PickMenu } from '../controls/pick-menu.tsx';
import { useConsole } from '../state/use-console.ts';
import { changeSettings } from './change-settings.ts';
import { DraftField } from './draft-field.tsx';
import { SettingRow } from './setting-row.tsx';
import {
  agentUrlIssue,
  readNumber,
  SEAT_OPTIONS,
  SEAT_WORDS,
  seatWayOf,
} from './supervision-options.ts';
import { WatchRow } from './watch-row.tsx';

/** Calls of others: what is known of them, how this desk gets into them and is named, and the voice agent. */
export function SupervisionSection() {
  const settings = useConsole(state => state.settings);
  const way = settings.seatWay ?? 'auto';
  return (
    <>
      <WatchRow />
      <SettingRow
        name="Desk name"
        about="Who sits here: the audit and other desks name you so. Empty takes this computer’s user."
      >
        <DraftField
          label="Desk name"
          value={settings.deskName}
          hint="This computer’s user"
          mostCharacters={60}
          onApply={deskName => {
            changeSettings({ deskName });
            return null;
          }}
        />
      </SettingRow>
      <SettingRow name="Way into conferences" about={SEAT_WORDS[way]}>
        <PickMenu
          label="Way into conferences"
          value={way}
          options={SEAT_OPTIONS}
          onChange={value => changeSettings({ seatWay: seatWayOf(value) })}
        />
      </SettingRow>
      <SettingRow
        name="Second number"
        about="A number of the account kept for Earshot’s own seat. Only needed where this app is refused."
      >
        <NumberField
          label="Second number"
          number={settings.seatNumber}
          onNumber={seatNumber => changeSettings({ seatNumber })}
        />
      </SettingRow>
      <SettingRow
        name="Your own phone"
        about="Rings when you speak in a call and neither of the others is possible."
      >
        <NumberField
          label="Your own phone"
          number={settings.seatPhone}
          onNumber={seatPhone => changeSettings({ seatPhone })}
        />
      </SettingRow>
      <SettingRow
        name="Voice agent"
        about="A program that may serve your calls. It answers there by the Media Streams protocol, as a server."
      >
        <DraftField
          label="Address of the voice agent"
          value={settings.agentUrl ?? ''}
          hint="wss://"
          mostCharacters={2000}
          onApply={text => {
            const issue = agentUrlIssue(text);
            if (issue === null) changeSettings({ agentUrl: text === '' ? null : text });
            return issue;
          }}
        />
      </SettingRow>
      <SettingRow name="Name of the voice agent" about="How it is called on screen.">
        <DraftField
          label="Name of the voice agent"
          value={settings.agentName}
          hint="Agent"
          mostCharacters={60}
          onApply={agentName => {
            if (agentName === '') return 'It needs a name.';
            changeSettings({ agentName });
            return null;
          }}
        />
      </SettingRow>
    </>
  );
}

type NumberFieldProps = {
  readonly label: string;
  readonly number: string | null;
  readonly onNumber: (number: string | null) => void;
};

/** A telephone number, or none. */
function NumberField({ label, number, onNumber }: NumberFieldProps) {
  return (
    <DraftField
      label={label}
      value={number === null ? '' : formatPhoneNumber(number)}
      hint="None"
      mostCharacters={40}
      onApply={text => {
        const read = readNumber(text);
        if (!read.ok) return read.words;
        onNumber(read.number);
        return null;
      }}
    />
  );
}
