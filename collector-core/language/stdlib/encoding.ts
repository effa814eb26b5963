import { bytesOf, isValidText } from '../byte-text.ts'
import type { CallResult } from '../function-signature.ts'
import { bytesValue, stringValue } from '../value.ts'
import type { FunctionValue } from '../value.ts'
import { decodeBase64, encodeBase64 } from './base64.ts'
import type { Base64Alphabet } from './base64.ts'
import { readJson, writeJson } from './json.ts'
import { give, libraryFunction, object, refuse, text } from './library-function.ts'
import { escapeQuery, unescapeQuery } from './query-escape.ts'
import { readYaml } from './yaml.ts'

const input = text('text', 'The text to convert.')

const fromJson = libraryFunction(
  {
    name: 'encoding.from_json',
    parameters: [input],
    returns: 'any',
    doc: 'Parses JSON; every number becomes a floating-point number.',
  },
  ([json]) => {
    const read = readJson(json)
    return 'result' in read ? give(read.result) : refuse(read.problem.code, read.problem.message, 0)
  },
)

const toJson = libraryFunction(
  {
    name: 'encoding.to_json',
    parameters: [object('object', 'The object to write.')],
    returns: 'string',
    doc: 'Writes an object as compact JSON with sorted keys; secrets inside are refused.',
  },
  ([fields]) => {
    const written = writeJson(fields)
    if ('result' in written) return give(stringValue(written.result))
    return refuse(written.problem.code, written.problem.message, 0, written.problem.path)
  },
)

const fromYaml = libraryFunction(
  {
    name: 'encoding.from_yaml',
    parameters: [input],
    returns: 'any',
    doc: 'Parses the first YAML document of a text; `012` is octal, dates become time stamps.',
  },
  ([yaml]) => {
    const read = readYaml(yaml)
    return 'value' in read ? give(read.value) : refuse('bad-yaml', read.problem, 0)
  },
)

const fromBase64 = libraryFunction(
  {
    name: 'encoding.from_base64',
    parameters: [input],
    returns: 'bytes',
    doc: 'Decodes padded base64; the bytes become a string where a string is wanted.',
  },
  ([encoded]) => decoded(encoded, 'standard'),
)

const fromUrlBase64 = libraryFunction(
  {
    name: 'encoding.from_URLbase64',
    parameters: [input],
    returns: 'bytes',
    doc: 'Decodes padded base64 in the URL-safe alphabet; the bytes become a string where a string is wanted.',
  },
  ([encoded]) => decoded(encoded, 'url'),
)

function decoded(encoded: string, alphabet: Base64Alphabet): CallResult {
  const bytes = isValidText(encoded) ? decodeBase64(encoded, alphabet) : 'is not base64: it is not even text'
  return typeof bytes === 'string' ? refuse('bad-base64', bytes, 0) : give(bytesValue(bytes))
}

const toBase64 = libraryFunction(
  { name: 'encoding.to_base64', parameters: [input], returns: 'string', doc: 'Encodes a text as padded base64.' },
  ([plain]) => give(stringValue(encodeBase64(bytesOf(plain), 'standard'))),
)

const toUrlBase64 = libraryFunction(
  {
    name: 'encoding.to_URLbase64',
    parameters: [input],
    returns: 'string',
    doc: 'Encodes a text as padded base64 in the URL-safe alphabet.',
  },
  ([plain]) => give(stringValue(encodeBase64(bytesOf(plain), 'url'))),
)

const urlEncode = libraryFunction(
  {
    name: 'encoding.url_encode',
    parameters: [input],
    returns: 'string',
    doc: 'Escapes a text for the query of a URL; a space becomes `+`.',
  },
  ([plain]) => give(stringValue(escapeQuery(plain))),
)

const urlDecode = libraryFunction(
  {
    name: 'encoding.url_decode',
    parameters: [input],
    returns: 'string',
    doc: 'Undoes the escaping of a URL query; `+` becomes a space.',
  },
  ([escaped]) => {
    const result = unescapeQuery(escaped)
    if ('text' in result) return give(stringValue(result.text))
    return refuse(
      'bad-url-escape',
      `has the broken escape ${JSON.stringify(result.broken)}: % must be followed by two hexadecimal digits`,
      0,
    )
  },
)

/** The functions of the namespace `encoding`. */
export const encodingFunctions: readonly FunctionValue[] = [
  fromUrlBase64,
  fromBase64,
  fromJson,
  fromYaml,
  toUrlBase64,
  toBase64,
  toJson,
  urlDecode,
  urlEncode,
]
