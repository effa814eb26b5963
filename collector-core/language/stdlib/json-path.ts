import { arrayValue } from '../value.ts'
import type { FunctionValue } from '../value.ts'
import { give, libraryFunction, refuse, text } from './library-function.ts'
import { parseJsonPath } from './json-path-parse.ts'
import { selectJson } from './json-path-select.ts'
import { readJson } from './json.ts'

/** The function `json_path`. */
export const jsonPath: FunctionValue = libraryFunction(
  {
    name: 'json_path',
    parameters: [text('json', 'JSON text to search.'), text('path', 'JSONPath such as `$.items[*].name`.')],
    returns: 'list(any)',
    doc: 'All parts of a JSON text that match a JSONPath expression; an empty list when nothing does.',
  },
  ([json, path]) => {
    const read = readJson(json, { integers: true })
    if ('problem' in read) return refuse(read.problem.code, read.problem.message, 0)
    const parsed = parseJsonPath(path)
    if ('problem' in parsed) return refuse('bad-json-path', parsed.problem, 1)
    const selected = selectJson(read.result, parsed.path)
    if (selected === undefined) return refuse('too-many-matches', 'matches too many parts of the JSON text', 1)
    return give(arrayValue(selected))
  },
)
