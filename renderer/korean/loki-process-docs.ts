import type { Sentences } from './dictionary.ts'

export const lokiProcessDocs: Sentences = {
  'Where to send the lines after processing.': '처리한 줄을 보낼 곳.',
  'What to do with each line, in order.': '각 줄에 차례로 할 일.',
  'Takes the lines to process.': '처리할 줄을 받습니다.',
  'How many unfinished lines are held at once.': '한 번에 들고 있는 미완성 줄의 수.',
  'Most bytes of a joined line, with max_partial_line_size_truncate.':
    '이어 붙인 줄의 최대 바이트 수. max_partial_line_size_truncate와 함께 씁니다.',
  'Cut joined lines at max_partial_line_size.': '이어 붙인 줄을 max_partial_line_size에서 자릅니다.',
  'Extracted values to look at, comma-separated.': '살펴볼 추출 값. 쉼표로 구분합니다.',
  'Drop when the joined values of source equal this.': 'source의 값을 이어 붙인 것이 이와 같으면 버립니다.',
  'Drop when this RE2 expression matches the joined values of source, or the line.':
    'source의 값을 이어 붙인 것이나 줄이 이 RE2 정규식과 일치하면 버립니다.',
  'What joins the values of source.': 'source의 값 사이에 넣을 문자.',
  'Drop entries whose timestamp is further back than this.': '타임스탬프가 이보다 오래된 항목은 버립니다.',
  'Drop lines with more bytes than this.': '이 바이트 수보다 긴 줄은 버립니다.',
  'Reason the drops are counted under.': '버린 것을 셀 때 쓰는 이유.',
  'Extracted value that holds the message.': '메시지가 든 추출 값.',
  'Leave out keys that cannot be label names rather than changing them.':
    '레이블 이름이 될 수 없는 키는 바꾸지 않고 뺍니다.',
  'Overwrite extracted values rather than adding `_extracted` to the key.':
    '키에 `_extracted`를 붙이지 않고 추출 값을 덮어씁니다.',
  'MaxMind DB file (.mmdb).': 'MaxMind DB 파일(.mmdb).',
  'Extracted value that holds the address.': '주소가 든 추출 값.',
  'Kind of the database; without it only custom_lookups are extracted.':
    '데이터베이스의 종류. 없으면 custom_lookups만 추출합니다.',
  'Extracted names and the JMESPath of the record each is read with.': '추출할 이름과 레코드에서 각각을 읽는 JMESPath.',
  'Extracted names and the JMESPath each is read with; empty means the member of that name.':
    '추출할 이름과 각각을 읽는 JMESPath. 비어 있으면 같은 이름의 멤버입니다.',
  'RE2 expression for the names of top-level members to extract as they are.':
    '그대로 추출할 최상위 멤버 이름의 RE2 정규식.',
  'Extracted value to parse instead of the line.': '줄 대신 해석할 추출 값.',
  'Drop what is not a JSON object.': 'JSON 객체가 아닌 것은 버립니다.',
  'Names of the labels to remove.': '지울 레이블의 이름.',
  'Names of the labels to keep.': '남길 레이블의 이름.',
  'Labels to set and the key each takes its value from; an empty key means the same name.':
    '설정할 레이블과 값을 가져올 키. 키가 비어 있으면 같은 이름입니다.',
  'Where the keys are looked up.': '키를 찾는 곳.',
  'Entries per second.': '초당 항목 수.',
  'Entries that may pass at once.': '한 번에 지나갈 수 있는 항목 수.',
  'Drop entries above the rate rather than holding everything back.': '속도를 넘는 항목을 모두 붙잡지 않고 버립니다.',
  'Label whose every value gets a rate of its own; needs drop.': '값마다 따로 속도를 재는 레이블. drop이 필요합니다.',
  'How many values of by_label_name are followed; at least 10000.':
    '따로 재는 by_label_name 값의 수. 적어도 10000입니다.',
  'Extracted names and the logfmt key each is read from; empty means the same name.':
    '추출할 이름과 각각을 읽는 logfmt 키. 비어 있으면 같은 이름입니다.',
  'RE2 expression for the keys to extract under their own name.': '자기 이름으로 추출할 키의 RE2 정규식.',
  'Text put in place of a number.': '숫자 자리에 넣을 텍스트.',
  'Extracted value to look at instead of the line; the result becomes the line either way.':
    '줄 대신 살펴볼 추출 값. 결과는 어느 쪽이든 줄이 됩니다.',
  'Fewest digits a number has.': '숫자로 보는 최소 자릿수.',
  'Characters that may stand between the digits of a number.': '숫자의 자리 사이에 올 수 있는 문자.',
  'RE2 expression for stretches of text to leave alone, such as identifiers.':
    '식별자처럼 그대로 둘 텍스트의 RE2 정규식.',
  'LogQL stream selector, and line filters behind it.': 'LogQL 스트림 셀렉터와 그 뒤의 줄 필터.',
  'Run the nested stages on matching entries, or drop those.':
    '일치하는 항목에 안쪽 스테이지를 실행하거나, 그 항목을 버립니다.',
  'A name for the nested stages; has no effect.': '안쪽 스테이지의 이름. 효과가 없습니다.',
  'What to do with matching entries.': '일치하는 항목에 할 일.',
  'The metrics to update.': '갱신할 메트릭.',
  'RE2 expression that the first line of a block matches.': '묶음의 첫 줄과 일치하는 RE2 정규식.',
  'How long a block waits for its next line.': '묶음이 다음 줄을 기다리는 시간.',
  'Most lines of a block; 0 means any number.': '묶음의 최대 줄 수. 0이면 제한이 없습니다.',
  'Take line ends off the lines before joining them.': '잇기 전에 줄 끝의 개행을 뗍니다.',
  'Extracted value that becomes the line.': '줄이 될 추출 값.',
  'Labels and extracted values to pack.': '묶어 담을 레이블과 추출 값.',
  'Replace the timestamp by the current time.': '타임스탬프를 현재 시각으로 바꿉니다.',
  'LogQL pattern: <name> captures, <_> skips, all else is text.':
    'LogQL 패턴: <name>은 추출하고, <_>는 건너뛰고, 나머지는 텍스트입니다.',
  'Extracted value to match instead of the line.': '줄 대신 맞춰 볼 추출 값.',
  'Also set a label per capture.': '추출한 것마다 레이블도 설정합니다.',
  'RE2 expression with named groups, (?P<name>…).': '이름 있는 그룹 (?P<name>…)이 있는 RE2 정규식.',
  'Extracted value to search instead of the line.': '줄 대신 찾아볼 추출 값.',
  'Also set a label per named group.': '이름 있는 그룹마다 레이블도 설정합니다.',
  'RE2 expression; what its groups match is replaced.': 'RE2 정규식. 그룹과 일치한 것을 바꿉니다.',
  'Extracted value to change instead of the line.': '줄 대신 바꿀 추출 값.',
  'Go template of the new text; `.Value` is what the group matched.':
    '새 텍스트의 Go 템플릿. `.Value`는 그룹과 일치한 것입니다.',
  'Share of the entries to keep, 0 to 1.': '남길 항목의 비율, 0~1.',
  'Extracted value that holds the array, instead of the line.': '줄 대신 배열이 든 추출 값.',
  'Labels and their values; empty values are skipped.': '레이블과 그 값. 빈 값은 건너뜁니다.',
  'Metadata to set and the key each takes its value from; an empty key means the same name.':
    '설정할 메타데이터와 값을 가져올 키. 키가 비어 있으면 같은 이름입니다.',
  'RE2 expression for the names of further extracted values and labels to move.':
    '함께 옮길 추출 값과 레이블 이름의 RE2 정규식.',
  'Names to remove.': '지울 이름.',
  'Extracted value to change or create; `.Value` in the template.':
    '바꾸거나 만들 추출 값. 템플릿에서는 `.Value`입니다.',
  'Go template over the extracted values; `.Entry` is the line.': '추출 값에 대한 Go 템플릿. `.Entry`는 줄입니다.',
  'Label that holds the tenant.': '테넌트가 든 레이블.',
  'Extracted value that holds the tenant.': '테넌트가 든 추출 값.',
  'The tenant itself.': '테넌트 자체.',
  'Extracted value that holds the time.': '시각이 든 추출 값.',
  'Name of a format (RFC3339, Unix, UnixMs, …) or a Go layout.':
    '형식의 이름(RFC3339, Unix, UnixMs, …)이나 Go 레이아웃.',
  'Formats tried in turn when the first does not fit.': '첫 형식이 맞지 않을 때 차례로 시도할 형식.',
  'IANA time zone of times that carry none.': '시간대가 없는 시각의 IANA 시간대.',
  'What to do without a time: one nanosecond after the last one, or nothing.':
    '시각이 없을 때 할 일: 마지막 시각보다 1나노초 뒤로 하거나, 아무것도 하지 않습니다.',
  'What to do with a time equal to the one before.': '시각이 앞의 것과 같을 때 할 일.',
  'What to cut, and where.': '무엇을 어디에서 자를지.',
  'Name of the metric, without its prefix.': '메트릭의 이름. 접두사는 뺍니다.',
  'What the metric tells.': '메트릭이 알려 주는 것.',
  'Extracted value to use; the name when empty.': '쓸 추출 값. 비어 있으면 이름과 같습니다.',
  'Put in front of the name.': '이름 앞에 붙입니다.',
  'A series that was not updated for this long is removed.': '이 시간 동안 갱신되지 않은 시계열는 지웁니다.',
  'Only act when the extracted value equals this.': '추출 값이 이와 같을 때만 동작합니다.',
  'Add one, or the extracted value.': '1이나 추출 값을 더합니다.',
  'Count every line, whether or not the extracted value exists.': '추출 값이 있든 없든 모든 줄을 셉니다.',
  'Add the bytes of the line; needs match_all and action = "add".':
    '줄의 바이트 수를 더합니다. match_all과 action = "add"가 필요합니다.',
  'What to do with the gauge.': '게이지에 할 일.',
  'Upper bounds of the buckets, ascending.': '버킷의 상한. 작은 것부터 적습니다.',
  'Most bytes to keep, the suffix included.': '접미사를 포함해 남길 최대 바이트 수.',
  'Text put behind what was cut.': '자른 곳 뒤에 붙일 텍스트.',
  'Names to look at; all of them when empty.': '살펴볼 이름. 비어 있으면 모두입니다.',
  'What to cut.': '자를 것.',
}
