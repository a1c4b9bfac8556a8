import type { Person } from '../person.ts';
import { annBecker } from './ann-becker.ts';
import { danaReyes } from './dana-reyes.ts';
import { sideOf } from './dialogue.ts';
import { leeWong } from './lee-wong.ts';
import { omarHaddad } from './omar-haddad.ts';
import { ritaMoss } from './rita-moss.ts';
import { samOrtiz } from './sam-ortiz.ts';

const PATIENCE_MS = 6000;

/** Whom agents serve in scenes: people of the directory, with more to say. */
export const customers: readonly [Person, ...Person[]] = [
  {
    ...danaReyes,
    whenCalling: sideOf({
      patienceMs: PATIENCE_MS,
      opening: ['Hello, this is Dana Reyes. I am calling about a parcel.'],
      middle: [
        'It was supposed to come on Tuesday, and I waited the whole day.',
        'Then I got a message that it was delivered to a neighbour.',
        'It is four, seven, one, nine, nine, two, oh.',
        'Yes, please. I asked everybody in the house, and nobody has it.',
        'On Wednesday morning, I think. Or late on Tuesday.',
        'It is a lamp. It is not worth much, but it was a present.',
        'All right. Could you find out who signed for it?',
        'Of course. I have time, I am at home all day.',
        'That would be wonderful. I was afraid that it was lost.',
        'Yes, that is fine. Any time after four is good.',
        'To this number, please. I do not look at my mail so often.',
        'Only one thing: what happens when it is not found?',
      ],
      farewell: ['No, that was all. Thank you so much. Bye bye.'],
    }),
  },
  {
    ...annBecker,
    whenCalling: sideOf({
      patienceMs: PATIENCE_MS,
      opening: ['Hello, this is Ann Becker. I hope you can hear me, I am in a coffee shop.'],
      middle: [
        'I have an appointment on Thursday, and I cannot make it.',
        'It is at ten in the morning, with Doctor Lang.',
        'The number is eight, five, five, one.',
        'Sorry, could you say that again? It is loud in here.',
        'Last week already, but nobody answered the telephone.',
        'Monday would be good, or Tuesday after work.',
        'Half past nine? Let me look at my calendar.',
        'Yes, of course. I will stay on the line.',
        'Oh, that was quick. Thank you.',
        'Yes, half past nine is perfect.',
        'A message would be great. Then I do not forget it.',
        'Do I have to bring anything with me?',
      ],
      farewell: ['Then see you on Monday. Bye.'],
    }),
  },
  {
    ...samOrtiz,
    whenCalling: sideOf({
      patienceMs: PATIENCE_MS,
      opening: ['Sam Ortiz here. I ordered two chairs and I got one.'],
      middle: [
        'One chair. I paid for two of them.',
        'The order is six, six, two, zero, five.',
        'I told somebody the same thing last week.',
        'Yes, that is the one. Two chairs, both blue.',
        'When I opened the box, ten days ago.',
        'That is what I thought as well.',
        'And when will the second one be here?',
        'Fine, but please not for half an hour.',
        'Today? Well, that is better than I expected.',
        'By Friday, that would be all right with me.',
        'Good. In writing, that is what I want.',
        'What about the money for the delivery?',
      ],
      farewell: ['Friday, then. Goodbye.'],
    }),
  },
  {
    ...leeWong,
    whenCalling: sideOf({
      patienceMs: PATIENCE_MS,
      opening: ['Hello. It is Lee. I have a question about my invoice.'],
      middle: [
        'The sum is not right. It is twice as much as before.',
        'It is number eighteen.',
        'Yes. I have it in front of me.',
        'There are two lines for the same month.',
        'This morning, when I opened the letter.',
        'Hmm. It was never like that.',
        'Good. Thank you.',
        'Yes. I can wait.',
        'So one of the two lines goes away?',
        'Yes. That is fine with me.',
        'By post, please. I do not use the other thing.',
        'And the next invoice is right again?',
      ],
      farewell: ['Well. Thank you, then. Goodbye.'],
    }),
  },
  {
    ...omarHaddad,
    whenCalling: sideOf({
      patienceMs: PATIENCE_MS,
      opening: ['Hello, this is Omar Haddad. I would like to pay for my order.'],
      middle: [
        'By card, please. That is the easiest way for me.',
        'My card number is 4111 1111 1111 1111.',
        'It is good until the end of next year.',
        'Last time it did not work, and I do not know why.',
        'On Monday evening, on my telephone.',
        'I tried it twice, with the same card.',
        'Good. Has the money been taken twice now?',
        'Yes, I can wait for a moment.',
        'That is good to hear. I was a little worried.',
        'Yes, please send the receipt to my office.',
        'The same address as on the order, thank you.',
        'Shall I read you the card number once more?',
      ],
      farewell: ['Great, then everything is paid. Goodbye.'],
    }),
  },
  {
    ...ritaMoss,
    whenCalling: sideOf({
      patienceMs: PATIENCE_MS,
      opening: ['Hello, my name is Rita Moss. My internet has not worked for two weeks.'],
      middle: [
        'Nobody calls me back, and I pay every month. I want a refund.',
        'The contract is three, zero, eight, one.',
        'No more excuses, please. Cancel my contract.',
        'I have heard that three times already.',
        'Two weeks ago, right after the storm.',
        'The lamp on the box is red, day and night.',
        'Then write down that I want my money back as well.',
        'I will wait, but not for an hour.',
        'Today? I believe it when I see it.',
        'For the whole month, not only for two weeks.',
        'In writing, yes. I insist on it.',
        'Otherwise I will talk to my lawyer.',
      ],
      farewell: ['I will wait for your letter. Goodbye.'],
    }),
  },
];
