import { VOICES } from '../../electron/core/settings.ts';
import { CountField } from '../controls/count-field.tsx';
import { PickMenu } from '../controls/pick-menu.tsx';
import { shownNumber } from '../dial/shown-number.ts';
import { useConsole } from '../state/use-console.ts';
import { callerIdWords } from '../words/account-words.ts';
import { AllowList } from './allow-list.tsx';
import { longestCallOptions, overflowOptions } from './call-options.ts';
import { changeSettings } from './change-settings.ts';
import { Choice } from './choice.tsx';
import { SettingRow } from './setting-row.tsx';
import { Toggle } from './toggle.tsx';

/** Who may ring here, what becomes of calls nobody takes, and how calls go out. */
export function CallsSection() {
  return (
    <>
      <IncomingRows />
      <OutgoingRows />
    </>
  );
}

function IncomingRows() {
  const settings = useConsole(state => state.settings);
  return (
    <>
      <SettingRow name="Who may ring" about="Others are turned away before anything rings here.">
        <Choice
          label="Who may ring"
          value={settings.inboundPolicy}
          options={[
            ['open', 'Everyone'],
            ['allow-list', 'These numbers'],
            ['closed', 'Nobody'],
          ]}
          onChange={inboundPolicy => changeSettings({ inboundPolicy })}
        />
      </SettingRow>
      {settings.inboundPolicy === 'allow-list' ? <AllowList /> : null}
      <SettingRow name="While I talk" about="What becomes of another call that comes.">
        <Choice
          label="While I talk"
          value={settings.whenBusy}
          options={overflowOptions('Rings here')}
          onChange={whenBusy => changeSettings({ whenBusy })}
        />
      </SettingRow>
      <SettingRow name="Nobody answers after" about="From then on it counts as not taken.">
        <CountField
          label="Nobody answers after, seconds"
          value={settings.ringSeconds}
          unit="s"
          min={5}
          max={600}
          onChange={ringSeconds => changeSettings({ ringSeconds })}
        />
      </SettingRow>
      <SettingRow name="When nobody answers" about="Music plays while a call waits in the queue.">
        <Choice
          label="When nobody answers"
          value={settings.whenUnanswered}
          options={overflowOptions('Keeps ringing')}
          onChange={whenUnanswered => changeSettings({ whenUnanswered })}
        />
      </SettingRow>
    </>
  );
}

function OutgoingRows() {
  const settings = useConsole(state => state.settings);
  const callerIds = useConsole(state => state.line.callerIds);
  const shown = useConsole(shownNumber);
  return (
    <>
      <SettingRow name="A dialled phone rings" about="Then the call counts as not answered.">
        <CountField
          label="A dialled phone rings, seconds"
          value={settings.dialSeconds}
          unit="s"
          min={5}
          max={600}
          onChange={dialSeconds => changeSettings({ dialSeconds })}
        />
      </SettingRow>
      <SettingRow name="Longest call" about="Calls end by themselves after this time.">
        <PickMenu
          label="Longest call"
          value={String(settings.longestCallMinutes ?? 'none')}
          options={longestCallOptions(settings.longestCallMinutes)}
          onChange={value =>
            changeSettings({ longestCallMinutes: value === 'none' ? null : Number(value) })
          }
        />
      </SettingRow>
      <SettingRow
        name="Detect answering machines"
        about="Calls you make are asked whether a person or a machine took them. Twilio charges for it."
      >
        <Toggle
          label="Detect answering machines"
          on={settings.detectMachines}
          onChange={detectMachines => changeSettings({ detectMachines })}
        />
      </SettingRow>
      <SettingRow
        name="Number shown"
        about={
          callerIds.length === 0
            ? 'Those you call see the number of your line.'
            : 'Those you call see it. Verified numbers are phones of yours that Twilio knows.'
        }
      >
        {callerIds.length === 0 ? (
          <span className="second">the line’s own</span>
        ) : (
          <PickMenu
            label="Number shown"
            value={shown ?? 'own'}
            options={[
              ['own', 'The line’s own'],
              ...callerIds.map(entry => [entry.number, callerIdWords(entry)] as const),
            ]}
            onChange={value => changeSettings({ callerId: value === 'own' ? null : value })}
          />
        )}
      </SettingRow>
      <SettingRow
        name="Links to phone numbers"
        about="A click on one, on a web page or in a mail, opens Earshot with the number filled in. You dial it yourself."
      >
        <Toggle
          label="Links to phone numbers"
          on={settings.openTelLinks}
          onChange={openTelLinks => changeSettings({ openTelLinks })}
        />
      </SettingRow>
      <SettingRow name="Voice" about="Speaks the texts you type into calls.">
        <PickMenu
          label="Voice"
          value={settings.voice}
          options={VOICES.map(voice => [voice, `${voice[0]?.toUpperCase()}${voice.slice(1)}`])}
          onChange={value => {
            const voice = VOICES.find(name => name === value);
            if (voice !== undefined) changeSettings({ voice });
          }}
        />
      </SettingRow>
    </>
  );
}
