import type { Sentences } from './dictionary.ts'

export const functionDocs: Sentences = {
  'The objects to extend.': '확장할 객체.',
  'The objects to extend them with; their fields win.': '확장에 쓸 객체. 이쪽 필드가 우선합니다.',
  'The fields that have to be present and equal on both sides.': '양쪽에 있고 값이 같아야 하는 필드.',
  'Also keep left objects where nothing matches.': '맞는 것이 없는 왼쪽 객체도 남깁니다.',
  'Merges each object of the left list with each object of the right list that agrees with it on all given keys.':
    '왼쪽 목록의 객체를, 주어진 모든 키가 일치하는 오른쪽 목록의 객체와 각각 합칩니다.',
  'The lists to join.': '이을 목록.',
  'Joins lists into one list.': '목록들을 하나로 잇습니다.',
  'The objects to group.': '묶을 객체.',
  'The field to group by; its values must be strings.': '묶는 기준 필드. 값은 string이어야 합니다.',
  'Leave out objects without the field instead of grouping them under "".':
    '필드가 없는 객체를 "" 아래에 묶지 않고 뺍니다.',
  'Groups objects by a field, into objects that hold the value of that field and the list `items`, in order of first appearance.':
    '객체를 필드별로 묶어, 그 필드의 값과 목록 `items`를 가진 객체로 만듭니다. 처음 나온 순서를 따릅니다.',
  'The text to convert.': '변환할 텍스트.',
  'Decodes padded base64; the bytes become a string where a string is wanted.':
    '패딩이 있는 base64를 디코딩합니다. string이 필요한 곳에서는 string이 됩니다.',
  'The candidates, best first.': '후보. 좋은 것부터 적습니다.',
  'The first value that is not null, zero, false or empty; the last one if there is none.':
    'null, 0, false, 빈 값이 아닌 첫 값. 없으면 마지막 값입니다.',
  'The secret to lay open; a plain string stays as it is.': '드러낼 비밀 값. 일반 string은 그대로입니다.',
  'Turns a secret into a plain string that may be shown and logged.':
    '비밀 값을 보이고 기록될 수 있는 일반 string으로 바꿉니다.',
  'Decodes padded base64 in the URL-safe alphabet; the bytes become a string where a string is wanted.':
    'URL용 문자표로 된 패딩 있는 base64를 디코딩합니다. string이 필요한 곳에서는 string이 됩니다.',
  'Parses JSON; every number becomes a floating-point number.': 'JSON을 해석합니다. 모든 수는 부동소수점이 됩니다.',
  'Parses the first YAML document of a text; `012` is octal, dates become time stamps.':
    '텍스트의 첫 YAML 문서를 해석합니다. `012`는 8진수이고 날짜는 타임스탬프가 됩니다.',
  'Encodes a text as padded base64 in the URL-safe alphabet.':
    '텍스트를 URL용 문자표의 패딩 있는 base64로 인코딩합니다.',
  'Encodes a text as padded base64.': '텍스트를 패딩 있는 base64로 인코딩합니다.',
  'The object to write.': '쓸 객체.',
  'Writes an object as compact JSON with sorted keys; secrets inside are refused.':
    '객체를 키 순서의 간결한 JSON으로 씁니다. 안에 비밀 값이 있으면 거부합니다.',
  'Undoes the escaping of a URL query; `+` becomes a space.':
    'URL 쿼리의 이스케이프를 되돌립니다. `+`는 공백이 됩니다.',
  'Escapes a text for the query of a URL; a space becomes `+`.':
    'URL 쿼리에 맞게 텍스트를 이스케이프합니다. 공백은 `+`가 됩니다.',
  'The name of the variable.': '변수의 이름.',
  'The value of an environment variable, "" when it is not set. Not a secret, unless Weir keeps one of that name: then it is that secret.':
    '환경 변수의 값. 없으면 ""입니다. Weir가 같은 이름의 비밀 값을 보관하고 있으면 그 비밀 값이며, 아니면 비밀이 아닙니다.',
  'The parts of the path; empty ones are left out.': '경로의 부분. 빈 것은 뺍니다.',
  'Joins parts into a path with the separator of the operating system, and resolves `..`, `.` and doubled separators.':
    '운영 체제의 구분자로 부분을 이어 경로를 만들고 `..`, `.`, 겹친 구분자를 정리합니다.',
  'Text with verbs such as `%s`, `%d`, `%.2f`, `%v`, `%q` or `%[2]s`.':
    '`%s`, `%d`, `%.2f`, `%v`, `%q`, `%[2]s` 같은 서식 지정자가 든 텍스트.',
  'What the verbs stand for, in order.': '서식 지정자에 들어갈 값. 순서대로 적습니다.',
  "Fills values into a text, with the verbs of Go's printf.": 'Go printf의 서식 지정자로 텍스트에 값을 채웁니다.',
  'The texts to join.': '이을 텍스트.',
  'What to put between them.': '사이에 넣을 것.',
  'Joins texts with a separator.': '구분자로 텍스트를 잇습니다.',
  'JSON text to search.': '찾아볼 JSON 텍스트.',
  'JSONPath such as `$.items[*].name`.': '`$.items[*].name` 같은 JSONPath.',
  'All parts of a JSON text that match a JSONPath expression; an empty list when nothing does.':
    'JSON 텍스트에서 JSONPath 식에 맞는 모든 부분. 없으면 빈 목록입니다.',
  'The text to work on.': '다룰 텍스트.',
  'What to look for.': '찾을 것.',
  'What to put in its place.': '그 자리에 넣을 것.',
  'Replaces every occurrence of a text by another.': '텍스트에 나오는 것을 모두 다른 것으로 바꿉니다.',
  'Where to split; "" splits into characters.': '나눌 곳. ""이면 글자마다 나눕니다.',
  'Splits a text at each separator.': '구분자마다 텍스트를 나눕니다.',
  'Turns letters into lower case.': '글자를 소문자로 바꿉니다.',
  'Turns letters into upper case.': '글자를 대문자로 바꿉니다.',
  'The characters to remove, in any order.': '지울 문자. 순서는 상관없습니다.',
  'Removes all leading and trailing characters that are among the given ones.':
    '주어진 문자에 드는 앞뒤 문자를 모두 지웁니다.',
  'The beginning to remove.': '지울 앞부분.',
  'Removes a beginning, once, if it is there.': '앞부분이 있으면 한 번 지웁니다.',
  'Removes leading and trailing white space.': '앞뒤 공백을 지웁니다.',
  'The end to remove.': '지울 끝부분.',
  'Removes an end, once, if it is there.': '끝부분이 있으면 한 번 지웁니다.',
  'The processor architecture, such as "amd64" or "arm64".': '프로세서 아키텍처. 예: "amd64", "arm64".',
  'The name of the machine.': '컴퓨터의 이름.',
  'The operating system: "linux", "darwin" or "windows".': '운영 체제: "linux", "darwin", "windows".',
  'The version of the collector, such as "v1.2.3".': '수집기의 버전. 예: "v1.2.3".',
}
