import { describe, expect, it } from 'vitest';
import { parseXml, XmlError } from '../../electron/practice/xml.ts';

describe('an XML document', () => {
  it('is read with attributes, entities, character data and comments', () => {
    const root = parseXml(
      `<?xml version="1.0"?><!-- hi --><A b="1 &amp; 2" c='&#x41;&#66;'>x &lt; y<!-- no -->` +
        '<B/><C><![CDATA[<raw> & ]]>z</C></A>\n',
    );
    expect(root.name).toBe('A');
    expect(root.attributes).toEqual({ b: '1 & 2', c: 'AB' });
    expect(root.text).toBe('x < y<raw> & z');
    expect(root.elements.map(element => element.name)).toEqual(['B', 'C']);
  });

  it.each([
    ['nothing', ''],
    ['no element', 'hello'],
    ['an open element', '<A>'],
    ['crossed elements', '<A><B></A></B>'],
    ['two roots', '<A/><B/>'],
    ['an attribute without quotes', '<A b=1/>'],
    ['an attribute given twice', '<A b="1" b="2"/>'],
    ['a stray ampersand', '<A>Tom & Jerry</A>'],
    ['an unknown entity', '<A>&nbsp;</A>'],
    ['a document type', '<!DOCTYPE A><A/>'],
    ['endless nesting', '<A>'.repeat(100) + '</A>'.repeat(100)],
  ])('is refused with %s', (_, source) => {
    expect(() => parseXml(source)).toThrow(XmlError);
  });
});
