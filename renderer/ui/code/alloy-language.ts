import { LanguageSupport, LRLanguage, continuedIndent, delimitedIndent } from '@codemirror/language'
import { foldInside, foldNodeProp, indentNodeProp } from '@codemirror/language'
import { styleTags, tags } from '@lezer/highlight'
import { parser } from './alloy-parser.ts'

/** The config language as the editor knows it: colours, folding, indentation, comments. */
export const alloyLanguage = LRLanguage.define({
  name: 'alloy',
  parser: parser.configure({
    props: [
      styleTags({
        BlockName: tags.className,
        'Label/String': tags.labelName,
        AttributeName: tags.propertyName,
        Key: tags.attributeName,
        'Key/String': tags.attributeName,
        VariableName: tags.variableName,
        PropertyName: tags.variableName,
        String: tags.string,
        Number: tags.number,
        Boolean: tags.bool,
        Null: tags.null,
        Operator: tags.operator,
        LineComment: tags.lineComment,
        BlockComment: tags.blockComment,
        '{ } [ ] ( )': tags.bracket,
      }),
      foldNodeProp.add({
        BlockBody: foldInside,
        Array: foldInside,
        Object: foldInside,
        BlockComment: ({ from, to }) => ({ from: from + 2, to: to - 2 }),
      }),
      indentNodeProp.add({
        BlockBody: delimitedIndent({ closing: '}', align: false }),
        Object: delimitedIndent({ closing: '}', align: false }),
        Array: delimitedIndent({ closing: ']', align: false }),
        Call: delimitedIndent({ closing: ')', align: false }),
        Attribute: continuedIndent({ except: /^[\]})]/ }),
      }),
    ],
  }),
  languageData: {
    commentTokens: { line: '//', block: { open: '/*', close: '*/' } },
    closeBrackets: { brackets: ['(', '[', '{', '"', '`'] },
    indentOnInput: /^\s*[\]})]$/,
  },
})

export const alloy = (): LanguageSupport => new LanguageSupport(alloyLanguage)
