// What is wrong with a config: its language, its references, the values of its arguments.
import type { Sentences } from './dictionary.ts'

export const configComplaints: Sentences = {
  '"{1}" must be a block: write {2} { … }': '"{1}"은(는) 블록이어야 합니다: {2} { … }(으)로 쓰세요',
  'attribute "{1}" may only be provided once': '"{1}" 속성은 한 번만 쓸 수 있습니다',
  'the attribute "{1}" needs a value, null is none': '"{1}" 속성에는 값이 필요합니다. null은 값이 아닙니다',
  'block "{1}" does not take a label': '"{1}" 블록에는 레이블이 없습니다',
  '"{1}" must be an attribute: write {2} = …': '"{1}"은(는) 속성이어야 합니다: {2} = …(으)로 쓰세요',
  'block "{1}" may only be written once': '"{1}" 블록은 한 번만 쓸 수 있습니다',
  'Weir does not support "{1}": {2}': 'Weir는 "{1}"을(를) 지원하지 않습니다: {2}',
  '"{1}" has no effect in Weir: {2}': 'Weir에서 "{1}"은(는) 효과가 없습니다: {2}',
  'did you mean "{1}"?': '"{1}"(으)로 바꾸기',
  'the block "{1}" is missing': '"{1}" 블록이 없습니다',
  'at least {1} blocks "{2}" needed': '"{2}" 블록이 적어도 {1}개 필요합니다',
  'at least {1} block "{2}" needed': '"{2}" 블록이 적어도 {1}개 필요합니다',
  'the attribute "{1}" is missing': '"{1}" 속성이 없습니다',
  'unrecognized attribute "{1}": only blocks may stand at the top of a config':
    '알 수 없는 속성 "{1}": 설정의 맨 위에는 블록만 올 수 있습니다',
  'block "{1}" may only be written once, and stands in {2} already':
    '"{1}" 블록은 한 번만 쓸 수 있으며, 이미 {2}에 있습니다',
  '"{1}" is a custom component, which Weir keeps in the file but cannot run yet':
    '"{1}"은(는) 사용자 정의 컴포넌트입니다. Weir는 파일에 보관하지만 아직 실행하지 못합니다',
  'component "{1}" must have a label, as in {2} "default" { … }':
    '"{1}" 컴포넌트에는 레이블이 필요합니다. 예: {2} "default" { … }',
  'there is no component named "{1}"': '"{1}" 컴포넌트가 없습니다',
  '"{1}" names a kind of component: say which one by its label, as in {2}.default.receiver':
    '"{1}"은(는) 컴포넌트의 종류입니다. 어느 것인지 레이블로 지정하세요. 예: {2}.default.receiver',
  'there is nothing named "{1}" here': '여기에는 "{1}"이(가) 없습니다',
  'component "{1}" does not exist': '"{1}" 컴포넌트가 없습니다',
  '{1} refers to itself': '{1}이(가) 자신을 참조합니다',
  '{1} is part of a cycle: {2}': '{1}이(가) 순환 참조에 들어 있습니다: {2}',
  '"{1}" ({2} in Alloy) is kept in the file but Weir cannot run it: run it in Alloy, or start with --skip-unsupported':
    '"{1}"(Alloy에서 {2})은(는) 파일에 보관되지만 Weir가 실행하지 못합니다. Alloy에서 실행하거나 --skip-unsupported로 시작하세요',
  '{1} more problems are not shown': '문제 {1}개는 더 보여 주지 않습니다',
  '→ {1} and {2} more': '→ {1} 외 {2}곳',
  'every {1}': '{1}마다',
  'keeps {1} %': '{1} % 남김',
  '{1} should be a list of receivers, as in [component.label.receiver], got {2}':
    '{1}은(는) [component.label.receiver]처럼 수신기 목록이어야 하는데 {2}입니다',
  '{1} should be {2}, got {3}': '{1}은(는) {2}이어야 하는데 {3}입니다',
  'write [{1}]': '[{1}](으)로 쓰기',
  '"{1}" is a component, not a value: name one of its exports ({2})':
    '"{1}"은(는) 값이 아니라 컴포넌트입니다. export 중 하나를 지정하세요({2})',
  '"{1}" is a component, not a value: name one of its exports (it has none)':
    '"{1}"은(는) 값이 아니라 컴포넌트이며 export가 없습니다',
  '"{1}" does not export "{2}" (it exports {3})': '"{1}"에는 export "{2}"이(가) 없습니다(있는 것: {3})',
  '"{1}" does not export "{2}" (it exports nothing)': '"{1}"에는 export "{2}"이(가) 없습니다(export가 없음)',
  'did you mean "{1}.{2}"?': '"{1}.{2}"(으)로 바꾸기',
  '"{1}" takes {2}, but "{3}.{4}" is for {5}': '"{1}"에는 {2}이(가) 들어가지만 "{3}.{4}"은(는) {5}용입니다',
  '{1} takes nothing yet': '{1}은(는) 아직 아무것도 받지 않습니다',
  'unknown unit "{1}" in size "{2}": use B, KiB, MiB, GiB or TiB':
    '크기 "{2}"의 "{1}" 단위를 알 수 없습니다. B, KiB, MiB, GiB, TiB 중에서 쓰세요',
  'size "{1}" mixes units such as KB and KiB: use one family':
    '크기 "{1}"에 KB와 KiB 같은 단위가 섞여 있습니다. 한 계열만 쓰세요',
  'size "{1}" is too large: the limit is 8PiB': '크기 "{1}"이(가) 너무 큽니다. 한도는 8PiB입니다',
  'missing unit in size "{1}": write for example "{2}B" or "1MiB"': '크기 "{1}"에 단위가 없습니다. 예: "{2}B", "1MiB"',
  '"{1}" is not a size: write for example "512KiB" or "1.5MiB"': '"{1}"은(는) 크기가 아닙니다. 예: "512KiB", "1.5MiB"',
  '{1} is a secret and cannot be used as a plain string: wrap it in convert.nonsensitive if it may be seen':
    '{1}은(는) 비밀 값이라 일반 string으로 쓸 수 없습니다. 보여도 된다면 convert.nonsensitive로 감싸세요',
  '{1} should be number, got string that does not read as a number':
    '{1}은(는) number여야 하는데 수로 읽을 수 없는 string입니다',
  '{1} should be at least {2}, got {3}': '{1}은(는) {2} 이상이어야 하는데 {3}입니다',
  '{1} should be at most {2}, got {3}': '{1}은(는) {2} 이하여야 하는데 {3}입니다',
  '{1} should be a whole number, got {2}': '{1}은(는) 정수여야 하는데 {2}입니다',
  '{1} is beyond 2^53 and is rounded to {2}': '{1}은(는) 2^53을 넘어 {2}(으)로 반올림됩니다',
  '{1} is not a regular expression in RE2 syntax: {2}': '{1}은(는) RE2 문법의 정규식이 아닙니다: {2}',
  '{1} should be one of {2}: {3}': '{1}은(는) 다음 중 하나여야 합니다: {2}. {3}',
  '{1} should be one of {2}': '{1}은(는) 다음 중 하나여야 합니다: {2}',
  '{1} should be duration: {2}': '{1}은(는) 시간이어야 합니다: {2}',
  '{1} has no unit and is taken as bytes: write "{2}B", which every Alloy accepts':
    '{1}에 단위가 없어 바이트로 봅니다. 모든 Alloy가 받아들이는 "{2}B"로 쓰세요',
  '{1} should be size: {2}': '{1}은(는) 크기여야 합니다: {2}',
  'there are more errors from here on; only the first {1} are listed':
    '여기부터 오류가 더 있습니다. 처음 {1}개만 보여 줍니다',
  'a duration is empty: write for example "30s"': '시간이 비어 있습니다. 예: "30s"',
  '"{1}" is not a duration: write for example "1h30m" or "500ms"': '"{1}"은(는) 시간이 아닙니다. 예: "1h30m", "500ms"',
  'missing unit in duration "{1}": write for example "{2}s" (units: ns, us, ms, s, m, h)':
    '시간 "{1}"에 단위가 없습니다. 예: "{2}s"(단위: ns, us, ms, s, m, h)',
  'unknown unit "{1}" in duration "{2}", write hours such as "24h"':
    '시간 "{2}"의 "{1}" 단위를 알 수 없습니다. "24h"처럼 시간 단위로 쓰세요',
  'unknown unit "{1}" in duration "{2}" (units: ns, us, ms, s, m, h)':
    '시간 "{2}"의 "{1}" 단위를 알 수 없습니다(단위: ns, us, ms, s, m, h)',
  'duration "{1}" is too long: the limit is about 292 years': '시간 "{1}"이(가) 너무 깁니다. 한도는 약 292년입니다',
  'the value cannot be read: {1}': '값을 읽을 수 없습니다: {1}',
  'the value must not hold a line comment': '값에 줄 주석이 있으면 안 됩니다',
  'the block {1} is not closed': '블록 {1}이(가) 닫히지 않았습니다',
  'there is no block {1}': '블록 {1}이(가) 없습니다',
  'the block cannot be read: {1}': '블록을 읽을 수 없습니다: {1}',
  'there is no closed block {1} to add to': '추가할 수 있게 닫힌 블록 {1}이(가) 없습니다',
  '"{1}" is not a reference': '"{1}"은(는) 참조가 아닙니다',
  'the value of {1} cannot be read; mend it first': '{1}의 값을 읽을 수 없습니다. 먼저 고치세요',
  '{1} is not written as a list, so nothing can be added to it': '{1}이(가) 목록으로 쓰여 있지 않아 추가할 수 없습니다',
  'the list is not closed': '목록이 닫히지 않았습니다',
  'the call is not closed': '호출이 닫히지 않았습니다',
  'there is no closed block to switch off': '끌 수 있게 닫힌 블록이 없습니다',
  'the block shares a line with others; put it on lines of its own':
    '블록이 다른 것과 같은 줄에 있습니다. 따로 줄을 나누세요',
  'the name of the block and its { stand on different lines; join them first':
    '블록 이름과 {가 다른 줄에 있습니다. 먼저 한 줄로 합치세요',
  'there is no switched-off block here': '여기에는 꺼 둔 블록이 없습니다',
  'there is no labelled block to rename': '이름을 바꿀 레이블 있는 블록이 없습니다',
  '"{1}" cannot be a label: use letters, digits and _, not a digit first, not true, false or null':
    '"{1}"은(는) 레이블로 쓸 수 없습니다. 영문자, 숫자, _를 쓰되 숫자로 시작하지 말고 true, false, null은 쓰지 마세요',
  'there is already a {1} "{2}"': '{1} "{2}"이(가) 이미 있습니다',
  'this value': '이 값',
  'identifier "{1}" does not exist': '"{1}" 식별자가 없습니다',
  'function "{1}" is deprecated: use {2}': '"{1}" 함수는 사용 중단 예정입니다. {2}을(를) 쓰세요',
  'replace with {1}': '{1}(으)로 바꾸기',
  'function "{1}" is experimental: Alloy runs it only with --stability.level=experimental':
    '"{1}" 함수는 실험적입니다. Alloy는 --stability.level=experimental일 때만 실행합니다',
  'key "{1}" is given twice in this object: the last value wins':
    '이 객체에 "{1}" 키가 두 번 있습니다. 마지막 값이 쓰입니다',
  'key {1} is taken with its backslashes: escape sequences mean nothing in keys':
    '키 {1}은(는) 역슬래시까지 그대로 쓰입니다. 키에서는 이스케이프가 통하지 않습니다',
  '{1} is {2} and has no fields, so "{3}" cannot be read from it':
    '{1}은(는) {2}이고 필드가 없으므로 "{3}"을(를) 읽을 수 없습니다',
  'field "{1}" does not exist in {2}': '{2}에 "{1}" 필드가 없습니다',
  'it is empty': '비어 있습니다',
  'it has the indexes 0 to {1}': '인덱스는 0부터 {1}까지입니다',
  'index {1} is not in {2}: it is empty': '{2}에 인덱스 {1}이(가) 없습니다: 비어 있습니다',
  'index {1} is not in {2}: it has the indexes 0 to {3}':
    '{2}에 인덱스 {1}이(가) 없습니다: 인덱스는 0부터 {3}까지입니다',
  'numbers do not turn into text by themselves: use string.format("%v", …)':
    '수는 저절로 텍스트가 되지 않습니다. string.format("%v", …)를 쓰세요',
  '{1} is larger than any number (the limit is about 1.8e308)': '{1}은(는) 가장 큰 수보다 큽니다(한도는 약 1.8e308)',
  '{1} is read as octal and means {2}': '{1}은(는) 8진수로 읽혀 {2}이(가) 됩니다',
  '{1} is read as a decimal fraction and means {2}': '{1}은(는) 소수로 읽혀 {2}이(가) 됩니다',
  'write {1} if the decimal number is meant': '10진수라면 {1}(으)로 쓰세요',
  '{1} does not fit into 64 bits and is rounded to {2}': '{1}은(는) 64비트에 들어가지 않아 {2}(으)로 반올림됩니다',
  '{1} is zero: nothing can be divided by it': '{1}은(는) 0입니다. 0으로 나눌 수 없습니다',
  '{1} is negative, and a whole number to a negative power keeps its value in Alloy (here {2}): write a fraction such as {3}.0':
    '{1}은(는) 음수이고, Alloy에서 정수의 음수 제곱은 원래 값 그대로입니다(여기서는 {2}). {3}.0처럼 소수로 쓰세요',
  'a block cannot be used as a value': '블록은 값으로 쓸 수 없습니다',
  'write { key = value } for an object, or move the block to a line of its own':
    '객체라면 { key = value }로 쓰거나, 블록을 따로 한 줄로 옮기세요',
  '"{1}" is reserved and cannot be a member': '"{1}"은(는) 예약어라서 멤버가 될 수 없습니다',
  'write ["{1}"] instead': '대신 ["{1}"]로 쓰기',
  'expected a name after the dot, the line ends': '점 뒤에 이름이 와야 하는데 줄이 끝납니다',
  'expected a name after the dot, got {1}': '점 뒤에 이름이 와야 하는데 {1}이(가) 있습니다',
  'a value is missing: the line ends here': '값이 없습니다. 줄이 여기서 끝납니다',
  'expected a value, got {1}': '값이 와야 하는데 {1}이(가) 있습니다',
  '"{1}" must stand on the line where the value before it ends': '"{1}"은(는) 앞의 값이 끝나는 줄에 있어야 합니다',
  '"{1}" is not closed: "{2}" is missing': '"{1}"이(가) 닫히지 않았습니다. "{2}"이(가) 없습니다',
  'brackets are nested more than {1} deep here': '여기에서 괄호가 {1}겹보다 깊습니다',
  'this expression chains more than {1} operations': '이 식은 연산을 {1}개 넘게 잇습니다',
  'expected "," or "{1}", got {2}': '","이나 "{1}"이(가) 와야 하는데 {2}이(가) 있습니다',
  'a comma is missing: the last item needs one when the closing bracket is on the next line':
    '쉼표가 없습니다. 닫는 괄호가 다음 줄에 있으면 마지막 항목에도 쉼표가 필요합니다',
  'a comma is missing between two items': '두 항목 사이에 쉼표가 없습니다',
  'add a comma here': '여기에 쉼표 넣기',
  'a value is given with =, not with a colon': '값은 콜론이 아니라 =로 줍니다',
  'did you mean =?': '=로 바꾸기',
  'expected = after the key, got {1}': '키 뒤에 =이 와야 하는데 {1}이(가) 있습니다',
  'expected a key (a name or a quoted string), got {1}':
    '키(이름이나 따옴표 친 string)가 와야 하는데 {1}이(가) 있습니다',
  '"{1}" is reserved and cannot be a key without quotes': '"{1}"은(는) 예약어라서 따옴표 없이 키가 될 수 없습니다',
  'did you mean "{1}" in quotes?': '따옴표 친 "{1}"(으)로 바꾸기',
  'this "}" closes nothing': '이 "}"에는 짝이 없습니다',
  'expected the end of the line, got ","': '줄이 끝나야 하는데 ","이 있습니다',
  'statements are separated by new lines, not by a semicolon': '문장은 세미콜론이 아니라 줄 바꿈으로 나눕니다',
  'statements are separated by new lines, not by a comma': '문장은 쉼표가 아니라 줄 바꿈으로 나눕니다',
  'put the next statement on a line of its own': '다음 문장을 따로 한 줄에 쓰기',
  'remove the semicolon': '세미콜론 지우기',
  'remove the comma': '쉼표 지우기',
  'two statements stand on one line; each needs a line of its own':
    '한 줄에 문장이 두 개 있습니다. 각각 한 줄에 쓰세요',
  'start a new line here': '여기서 줄 바꾸기',
  'expected the end of the line, got {1}': '줄이 끝나야 하는데 {1}이(가) 있습니다',
  'the "{" of a block must stand on the line of its name': '블록의 "{"은(는) 이름과 같은 줄에 있어야 합니다',
  'an attribute cannot have a label; only blocks can': '속성에는 레이블이 없습니다. 블록에만 있습니다',
  'expected "{" and the body of the block after "{1}", got {2}':
    '"{1}" 뒤에는 "{"과 블록 내용이 와야 하는데 {2}이(가) 있습니다',
  'expected = and a value, or "{" and the body of a block after "{1}", got {2}':
    '"{1}" 뒤에는 =과 값이나, "{"과 블록 내용이 와야 하는데 {2}이(가) 있습니다',
  '"{1}" is reserved and cannot name an attribute or a block':
    '"{1}"은(는) 예약어라서 속성이나 블록의 이름이 될 수 없습니다',
  'a line cannot begin with "{1}": an expression goes on only when the line before ends with an operator':
    '줄은 "{1}"(으)로 시작할 수 없습니다. 앞 줄이 연산자로 끝나야 식이 이어집니다',
  'move "{1}" to the end of the line before': '"{1}"을(를) 앞 줄 끝으로 옮기기',
  'names of attributes and blocks are written without quotes': '속성과 블록의 이름은 따옴표 없이 씁니다',
  'expected an attribute or a block, got {1}': '속성이나 블록이 와야 하는데 {1}이(가) 있습니다',
  'the name of an attribute is a single word without dots': '속성의 이름은 점이 없는 한 단어입니다',
  'write nested blocks for "{1}"': '"{1}"은(는) 중첩 블록으로 쓰세요',
  'the label of a block is written in double quotes': '블록의 레이블은 큰따옴표 안에 씁니다',
  'the label of a block is written in double quotes, not in backticks':
    '블록의 레이블은 백틱이 아니라 큰따옴표 안에 씁니다',
  '"{1}" cannot be a label: use letters, digits and _, no digit first':
    '"{1}"은(는) 레이블로 쓸 수 없습니다. 영문자, 숫자, _를 쓰되 숫자로 시작하지 마세요',
  'blocks are nested more than {1} deep here': '여기에서 블록이 {1}겹보다 깊습니다',
  'this block is not closed: "}" is missing': '이 블록이 닫히지 않았습니다. "}"이(가) 없습니다',
  'expected nothing more after the value, got {1}': '값 뒤에는 아무것도 없어야 하는데 {1}이(가) 있습니다',
  'a NUL character (U+0000) stands here; remove it': '여기에 NUL 문자(U+0000)가 있습니다. 지우세요',
  'half of a surrogate pair stands here; the text is not valid Unicode':
    '여기에 서로게이트 쌍의 반쪽이 있습니다. 올바른 유니코드가 아닙니다',
  'a byte order mark (U+FEFF) may only be the very first character':
    '바이트 순서 표시(U+FEFF)는 맨 앞에만 올 수 있습니다',
  'the character {1} has no meaning outside strings and comments': '문자 {1}은(는) 문자열과 주석 밖에서 뜻이 없습니다',
  'the character "{1}" ({2}) has no meaning outside strings and comments':
    '문자 "{1}"({2})은(는) 문자열과 주석 밖에서 뜻이 없습니다',
  'text goes in double quotes (" "), not in single quotes': '텍스트는 작은따옴표가 아니라 큰따옴표(" ") 안에 씁니다',
  'text goes in double quotes (" "), not in typographic quotes':
    '텍스트는 굽은 따옴표가 아니라 큰따옴표(" ") 안에 씁니다',
  'this number needs digits after its exponent sign': '이 수의 지수 부호 뒤에 숫자가 필요합니다',
  'this string is not closed: add a " before the end of the line, or use backticks for text of several lines':
    '이 문자열이 닫히지 않았습니다. 줄이 끝나기 전에 "를 넣거나, 여러 줄 텍스트는 백틱으로 감싸세요',
  'this raw string is not closed: a second backtick is missing':
    '이 원시 문자열이 닫히지 않았습니다. 두 번째 백틱이 없습니다',
  '"\\{1}" is not an escape sequence': '"\\{1}"은(는) 이스케이프가 아닙니다',
  'a lone backslash is not an escape sequence': '역슬래시 하나는 이스케이프가 아닙니다',
  'write \\\\ for a backslash, or put the whole text in backticks':
    '역슬래시는 \\\\로 쓰거나, 텍스트 전체를 백틱으로 감싸세요',
  'this escape sequence needs exactly {1} octal digits': '이 이스케이프에는 8진 숫자가 정확히 {1}개 필요합니다',
  'this escape sequence needs exactly {1} hexadecimal digits': '이 이스케이프에는 16진 숫자가 정확히 {1}개 필요합니다',
  'this escape sequence names no character': '이 이스케이프가 가리키는 문자가 없습니다',
  'a single "{1}" is not an operator': '"{1}" 하나는 연산자가 아닙니다',
  'did you mean {1}{2}?': '{1}{2}(으)로 바꾸기',
  'this comment is not closed: */ is missing': '이 주석이 닫히지 않았습니다. */가 없습니다',
  'comments start with //, not with #': '주석은 #이 아니라 //로 시작합니다',
  'did you mean //?': '//로 바꾸기',
  'the file is encoded as {1}; save it as UTF-8': '파일의 인코딩이 {1}입니다. UTF-8로 저장하세요',
  'the file is not valid UTF-8 (first seen on line {1}{2}); save it as UTF-8':
    '파일이 올바른 UTF-8이 아닙니다({1}{2}번째 줄). UTF-8로 저장하세요',
  'the file holds a NUL byte; it looks like UTF-16 or UTF-32 without a mark, or like no text at all':
    '파일에 NUL 바이트가 있습니다. 표시 없는 UTF-16이나 UTF-32이거나 텍스트가 아닌 것 같습니다',
  'the file holds a NUL byte; remove it': '파일에 NUL 바이트가 있습니다. 지우세요',
  '{1} should name at least one key to match by': '{1}에는 맞춰 볼 키가 하나 이상 있어야 합니다',
  '{1} has too many combinations with the second list (the limit is {2})':
    '{1}은(는) 두 번째 목록과의 조합이 너무 많습니다(한도는 {2})',
  '{1} makes Alloy repeat an object once for each object of the second list that it does not match, and leave it out when that list is empty':
    '{1} 때문에 Alloy는 맞지 않는 두 번째 목록의 객체마다 객체를 되풀이하고, 그 목록이 비어 있으면 객체를 뺍니다',
  '{1} should be string, got {2}': '{1}은(는) string이어야 하는데 {2}입니다',
  '{1} is not base64: its length is not a multiple of four, so characters or padding are missing':
    '{1}은(는) base64가 아닙니다. 길이가 4의 배수가 아니므로 문자나 패딩이 빠졌습니다',
  '{1} is not base64: it contains {2}; use encoding.from_URLbase64 for that alphabet':
    '{1}은(는) base64가 아닙니다. {2}이(가) 들어 있습니다. 그 문자표에는 encoding.from_URLbase64를 쓰세요',
  '{1} is not base64: it contains {2}; use encoding.from_base64 for that alphabet':
    '{1}은(는) base64가 아닙니다. {2}이(가) 들어 있습니다. 그 문자표에는 encoding.from_base64를 쓰세요',
  '{1} is not base64: it is not even text': '{1}은(는) base64가 아닙니다. 텍스트도 아닙니다',
  '{1} has the broken escape {2}: % must be followed by two hexadecimal digits':
    '{1}에 깨진 이스케이프 {2}이(가) 있습니다. % 뒤에는 16진 숫자 두 개가 와야 합니다',
  'it ends too early': '너무 일찍 끝납니다',
  'it cannot be read': '읽을 수 없습니다',
  '{1} matches too many parts of the JSON text': '{1}은(는) JSON 텍스트의 너무 많은 부분과 일치합니다',
  '{1} is not JSON: {2}': '{1}은(는) JSON이 아닙니다: {2}',
  '{1} is JSON nested deeper than {2} levels': '{1}은(는) {2}단계보다 깊은 JSON입니다',
  '{1} is JSON with a number larger than any (the limit is about 1.8e308)':
    '{1}은(는) 가장 큰 수보다 큰 수가 든 JSON입니다(한도는 약 1.8e308)',
  '{1} is {2}, which JSON cannot hold': '{1}은(는) {2}이며, JSON에 담을 수 없습니다',
  '{1} is a function, which JSON cannot hold': '{1}은(는) 함수라서 JSON에 담을 수 없습니다',
  '{1} is a secret that would appear in the text: wrap it in convert.nonsensitive if it may be seen':
    '{1}은(는) 텍스트에 드러날 비밀 값입니다. 보여도 된다면 convert.nonsensitive로 감싸세요',
  '{1} would give a result too large to hold': '{1}의 결과가 너무 커서 담을 수 없습니다',
  '{1} takes at least {2} argument, got {3}': '{1}에는 인수가 적어도 {2}개 필요한데 {3}개입니다',
  '{1} takes at least {2} arguments, got {3}': '{1}에는 인수가 적어도 {2}개 필요한데 {3}개입니다',
  '{1} takes {2} argument, got {3}': '{1}에는 인수가 {2}개 필요한데 {3}개입니다',
  '{1} takes {2} arguments, got {3}': '{1}에는 인수가 {2}개 필요한데 {3}개입니다',
  '{1} takes {2} to {3} argument, got {4}': '{1}에는 인수가 {2}~{3}개 필요한데 {4}개입니다',
  '{1} takes {2} to {3} arguments, got {4}': '{1}에는 인수가 {2}~{3}개 필요한데 {4}개입니다',
  '{1} is followed by {2} more values than its verbs use': '{1} 뒤에 서식 지정자보다 {2}개 많은 값이 있습니다',
  '{1} has the verb {2}, which puts {3} into the text': '{1}에 텍스트에 {3}을(를) 넣는 서식 지정자 {2}이(가) 있습니다',
  '{1} holds a secret that would appear in the text: wrap it in convert.nonsensitive if it may be seen':
    '{1}에 텍스트에 드러날 비밀 값이 있습니다. 보여도 된다면 convert.nonsensitive로 감싸세요',
  '{1} is not YAML: {2}': '{1}은(는) YAML이 아닙니다: {2}',
  '{1} is YAML with more than {2} parts': '{1}은(는) {2}개보다 많은 부분이 든 YAML입니다',
  '{1} is YAML nested deeper than {2} levels, or an alias inside itself':
    '{1}은(는) {2}단계보다 깊거나 자신을 가리키는 별칭이 든 YAML입니다',
  '{1} is YAML with the unknown alias "*{2}"': '{1}은(는) 알 수 없는 별칭 "*{2}"이(가) 든 YAML입니다',
  '{1} is YAML with a list or a map as a key': '{1}은(는) 목록이나 맵을 키로 쓰는 YAML입니다',
  '{1} is YAML that merges (<<) something other than maps': '{1}은(는) 맵이 아닌 것을 합치는(<<) YAML입니다',
  '{1} is YAML with !!binary that is not base64': '{1}은(는) base64가 아닌 !!binary가 든 YAML입니다',
  '{1} is YAML with {2} in front of something else': '{1}은(는) {2} 뒤에 다른 것이 오는 YAML입니다',
  'the end of the line': '줄의 끝',
  'the end of the file': '파일의 끝',
  'a name': '이름',
  'a number': '수',
  'a string': '문자열',
  'true or false': 'true나 false',
  'a character that has no meaning here': '여기서 뜻이 없는 문자',
  'a comment': '주석',
  '"{1}" is {2}, which Weir keeps in the file but cannot run yet':
    'Weir는 "{1}"({2})을(를) 파일에 보관하지만 아직 실행하지 못합니다',
  'a custom component': '사용자 정의 컴포넌트',
  'an import': '가져오기',
  'array or object': 'array 또는 object',
  'number or string': 'number 또는 string',
  'string or secret': 'string 또는 secret',
  'the line ends': '줄이 끝남',
  '"{" and the body of the block': '"{"과 블록의 내용',
  '= and a value, or "{" and the body of a block': '=과 값, 또는 "{"과 블록의 내용',
  'it looks like UTF-16 or UTF-32 without a mark, or like no text at all':
    '표시 없는 UTF-16이나 UTF-32이거나 텍스트가 아닌 것 같습니다',
  'a list may hold only names and numbers': '목록에는 이름과 수만 올 수 있습니다',
  'a name or * is missing': '이름이나 *가 없습니다',
  'a name, a number, *, or ? is missing': '이름, 수, *, ? 중 하나가 없습니다',
  'more than {1} levels of nesting': '{1}겹보다 깊습니다',
  'a value is missing': '값이 없습니다',
  'the regular expression is broken ({1})': '정규식이 올바르지 않습니다({1})',
  'map with keys that are not strings': 'string이 아닌 키가 있는 맵',
}
