// What the components have against their arguments.
import type { Sentences } from './dictionary.ts'

export const argumentComplaints: Sentences = {
  'this filter names no paths, so nothing is protected: add paths or remove the filter block':
    '이 필터에 경로가 없어 아무것도 보호되지 않습니다. 경로를 추가하거나 filter 블록을 지우세요',
  'Weir writes its log to stderr only: remove the attribute or set "stderr"':
    'Weir는 로그를 stderr에만 씁니다. 속성을 지우거나 "stderr"로 하세요',
  'the pattern "{1}" has an unclosed brace, or more than {2} alternatives':
    '패턴 "{1}"에 닫히지 않은 중괄호가 있거나 선택지가 {2}개보다 많습니다',
  'the pattern "{1}" has an unclosed bracket': '패턴 "{1}"에 닫히지 않은 대괄호가 있습니다',
  '{1} leads through too many directories, not all were searched: narrow it':
    '{1}이(가) 너무 많은 디렉터리를 지나 모두 찾지 못했습니다. 범위를 좁히세요',
  'the directory {1} cannot be read': '{1} 디렉터리를 읽을 수 없습니다',
  'at most one of {1} may be set': '{1} 중 하나만 설정할 수 있습니다',
  'at most one of password and password_file may be set': 'password와 password_file 중 하나만 설정할 수 있습니다',
  'at most one of credentials and credentials_file may be set':
    'credentials와 credentials_file 중 하나만 설정할 수 있습니다',
  'authorization type "basic" is not allowed, use the basic_auth block':
    'authorization의 type은 "basic"이 될 수 없습니다. basic_auth 블록을 쓰세요',
  'oauth2 needs a client_id': 'oauth2에는 client_id가 필요합니다',
  'oauth2 needs a token_url': 'oauth2에는 token_url이 필요합니다',
  'oauth2 needs one of client_secret and client_secret_file':
    'oauth2에는 client_secret과 client_secret_file 중 하나가 필요합니다',
  '{1} {2} could not be read ({3})': '{1} {2}을(를) 읽지 못했습니다({3})',
  '{1} {2} could not be read (unreadable)': '{1} {2}을(를) 읽지 못했습니다',
  'Check the path and its permissions.': '경로와 권한을 확인하세요.',
  'http_headers may not set the header {1}': 'http_headers로 {1} 헤더를 설정할 수 없습니다',
  'proxy_from_environment excludes proxy_url and no_proxy':
    'proxy_from_environment는 proxy_url, no_proxy와 함께 쓸 수 없습니다',
  'no_proxy needs proxy_url': 'no_proxy에는 proxy_url이 필요합니다',
  'proxy_connect_header needs a proxy': 'proxy_connect_header에는 프록시가 필요합니다',
  'proxy_url must be an http or https URL': 'proxy_url은 http나 https URL이어야 합니다',
  'Correct the arguments of the component.': '컴포넌트의 인수를 바로잡으세요.',
  'Correct the URL in the configuration.': '설정의 URL을 바로잡으세요.',
  'this is not a URL': 'URL이 아닙니다',
  'the path holds a space or a control character': '경로에 공백이나 제어 문자가 있습니다',
  'the path of the socket is not well encoded': '소켓 경로의 인코딩이 올바르지 않습니다',
  'a socket is named by an absolute path, such as {1}///run/some.socket':
    '소켓은 {1}///run/some.socket처럼 절대 경로로 지정합니다',
  'the scheme {1} is not supported': '{1} 스킴은 지원하지 않습니다',
  'the host is missing': '호스트가 없습니다',
  '{1} "{2}" is not a TLS version': '{1} "{2}"은(는) TLS 버전이 아닙니다',
  'Use one of TLS10, TLS11, TLS12, TLS13 (or 1.0 to 1.3).':
    'TLS10, TLS11, TLS12, TLS13(또는 1.0~1.3) 중 하나를 쓰세요.',
  'at most one of {1}_pem and {2}_file may be set': '{1}_pem과 {2}_file 중 하나만 설정할 수 있습니다',
  'a client certificate needs its key: set key_file or key_pem':
    '클라이언트 인증서에는 키가 필요합니다. key_file이나 key_pem을 설정하세요',
  'a client key needs its certificate: set cert_file or cert_pem':
    '클라이언트 키에는 인증서가 필요합니다. cert_file이나 cert_pem을 설정하세요',
  'Correct the block.': '블록을 바로잡으세요.',
  'this endpoint is the same as one before; remove it, or everything would be sent twice':
    '앞의 것과 같은 엔드포인트입니다. 지우세요. 아니면 모든 것을 두 번 보냅니다',
  'another endpoint is named "{1}"': '이름이 "{1}"인 엔드포인트가 또 있습니다',
  '"{1}" is not an http or https URL; write for example "{2}"': '"{1}"은(는) http나 https URL이 아닙니다. 예: "{2}"',
  'remote_timeout must be above 0': 'remote_timeout은 0보다 커야 합니다',
  'write it like "unix:///var/run/docker.sock", "npipe:////./pipe/docker_engine" or "tcp://192.0.2.1:2375"':
    '"unix:///var/run/docker.sock", "npipe:////./pipe/docker_engine", "tcp://192.0.2.1:2375"처럼 쓰세요',
  '{1} is not supported towards a Docker engine': 'Docker 엔진에는 {1}을(를) 쓸 수 없습니다',
  'Lowest TLS version to accept: {1}.': '받아들일 가장 낮은 TLS 버전: {1}.',
  'set password or password_file, not both': 'password와 password_file 중 하나만 설정하세요',
  'set credentials or credentials_file, not both': 'credentials와 credentials_file 중 하나만 설정하세요',
  'type "Basic" is not allowed here: use the basic_auth block':
    '여기서는 type에 "Basic"을 쓸 수 없습니다. basic_auth 블록을 쓰세요',
  'set exactly one of client_secret and client_secret_file': 'client_secret과 client_secret_file 중 하나만 설정하세요',
  'http_headers may not set "{1}", which has another argument or belongs to the request':
    'http_headers로 "{1}"을(를) 설정할 수 없습니다. 다른 인수가 있거나 요청에 속한 것입니다',
  '"{1}" is not an http or https URL; write for example "http://proxy:3128"':
    '"{1}"은(는) http나 https URL이 아닙니다. 예: "http://proxy:3128"',
  'proxy_connect_header needs proxy_url or proxy_from_environment':
    'proxy_connect_header에는 proxy_url이나 proxy_from_environment가 필요합니다',
  'set {1} or {2}, not both': '{1}과(와) {2} 중 하나만 설정하세요',
  'a client key needs a client certificate (cert_pem or cert_file)':
    '클라이언트 키에는 클라이언트 인증서(cert_pem 또는 cert_file)가 필요합니다',
  'a client certificate needs its key (key_pem or key_file)':
    '클라이언트 인증서에는 키(key_pem 또는 key_file)가 필요합니다',
  'min_version must be one of {1}': 'min_version은 {1} 중 하나여야 합니다',
  'Weir queues on disk all the same, so that nothing is lost while the server is down':
    'Weir는 그래도 디스크의 대기열에 넣으므로, 서버가 멈춰 있어도 잃는 것이 없습니다',
  'queue_size has no effect with the sizer "{1}": set sizer = "bytes", or leave it out for 1 GiB':
    'sizer가 "{1}"이면 queue_size는 효과가 없습니다. sizer = "bytes"로 하거나, 빼서 1 GiB로 두세요',
  'expected "{" at the start, as in {app="web"}': '{app="web"}처럼 "{"으로 시작해야 합니다',
  'expected "," or "}" after a label matcher': '레이블 매처 뒤에는 ","이나 "}"이 와야 합니다',
  'at least one label matcher is needed between "{" and "}"': '"{"과 "}" 사이에 레이블 매처가 하나 이상 필요합니다',
  'expected a label name': '레이블 이름이 와야 합니다',
  'expected =, !=, =~ or !~ after the label name "{1}"': '레이블 이름 "{1}" 뒤에는 =, !=, =~, !~가 와야 합니다',
  'only line filters (|=, !=, |~, !~) may follow the stream selector; parsers and label filters are not supported here':
    '스트림 셀렉터 뒤에는 줄 필터(|=, !=, |~, !~)만 올 수 있습니다. 파서와 레이블 필터는 여기서 지원하지 않습니다',
  'expected a line filter (|=, !=, |~ or !~) or the end': '줄 필터(|=, !=, |~, !~)나 끝이 와야 합니다',
  '{1} (at character {2}{3} of the selector)': '{1}(셀렉터의 {2}{3}번째 문자)',
  'a string opened with ` is not closed': '`로 연 문자열이 닫히지 않았습니다',
  'expected a string in double quotes or backticks': '큰따옴표나 백틱으로 감싼 문자열이 와야 합니다',
  'unknown escape "{1}" in a string': '문자열에 알 수 없는 이스케이프 "{1}"이(가) 있습니다',
  'a string opened with " is not closed': '"로 연 문자열이 닫히지 않았습니다',
  'the regular expression is longer than {1} characters; split it into several rules':
    '정규식이 {1}자보다 깁니다. 규칙 여러 개로 나누세요',
  'the regular expression needs more than {1} steps; use smaller repeat counts':
    '정규식에 {1}개보다 많은 단계가 필요합니다. 반복 횟수를 줄이세요',
  'the regular expression is not valid RE2: {1}': '정규식이 올바른 RE2가 아닙니다: {1}',
  'hashmod needs a modulus above 0': 'hashmod에는 0보다 큰 modulus가 필요합니다',
  'replacement has no meaning for {1}; remove it': '{1}에서 replacement는 뜻이 없습니다. 지우세요',
  '"{1}" does not make a label name; use letters, digits, _ and $1':
    '"{1}"은(는) 레이블 이름이 되지 않습니다. 영문자, 숫자, _, $1을 쓰세요',
  'source_labels and target_label': 'source_labels와 target_label',
  '{1} looks at label names and takes only regex; remove source_labels':
    '{1}은(는) 레이블 이름을 보며 regex만 씁니다. source_labels를 지우세요',
  '{1} needs a target_label': '{1}에는 target_label이 필요합니다',
  '"{1}" does not make a label name': '"{1}"은(는) 레이블 이름이 되지 않습니다',
  '"{1}" is not a label name; use letters, digits and _, not starting with a digit':
    '"{1}"은(는) 레이블 이름이 아닙니다. 영문자, 숫자, _를 쓰되 숫자로 시작하지 마세요',
  '{1} takes only {2}; remove {3}': '{1}에는 {2}만 쓸 수 있습니다. {3}을(를) 지우세요',
  'the GeoIP database {1} cannot be used: {2}': 'GeoIP 데이터베이스 {1}을(를) 쓸 수 없습니다: {2}',
  'Set db to a MaxMind DB file (.mmdb) that Weir may read.':
    'db에 Weir가 읽을 수 있는 MaxMind DB 파일(.mmdb)을 지정하세요.',
  'the expression ends at character {1}{2}': '식이 {1}{2}번째 문자에서 끝납니다',
  'the expression ends at character {1}{2}, expected {3}': '식이 {1}{2}번째 문자에서 끝나는데, {3}이(가) 와야 합니다',
  'unexpected {1} at character {2}{3}': '{2}{3}번째 문자에 {1}이(가) 올 수 없습니다',
  'unexpected {1} at character {2}{3}, expected {4}': '{2}{3}번째 문자에 {1}이(가) 올 수 없고 {4}이(가) 와야 합니다',
  'the expression is nested deeper than {1}': '식이 {1}겹보다 깊습니다',
  'a function name without quotes': '따옴표 없는 함수 이름',
  'an expression': '식',
  'an index, a slice or *': '인덱스, 슬라이스, *',
  'a name, [ or {': '이름, [, {',
  'a member name': '멤버 이름',
  'the step of a slice must not be 0': '슬라이스의 간격은 0이 될 수 없습니다',
  'sorting needs keys that are all numbers or all strings': '정렬하려면 키가 모두 수이거나 모두 string이어야 합니다',
  '{1}() does not take this value as argument {2}{3}': '{1}()의 {2}{3}번째 인수는 이 값을 받지 않습니다',
  'there is no JMESPath function {1}()': 'JMESPath 함수 {1}()은(는) 없습니다',
  '{1}() takes at least {2} argument(s), not {3}': '{1}()에는 인수가 적어도 {2}개 필요한데 {3}개입니다',
  '{1}() takes {2} argument(s), not {3}': '{1}()에는 인수가 {2}개 필요한데 {3}개입니다',
  'unexpected "{1}" at character {2}{3}': '{2}{3}번째 문자에 "{1}"이(가) 올 수 없습니다',
  'the {1} at character {2}{3} is not closed': '{2}{3}번째 문자의 {1}이(가) 닫히지 않았습니다',
  'the literal at character {1}{2} is not valid JSON': '{1}{2}번째 문자의 리터럴은 올바른 JSON이 아닙니다',
  'max_partial_lines has to be above 0': 'max_partial_lines는 0보다 커야 합니다',
  'set at least one of source, expression, older_than and longer_than':
    'source, expression, older_than, longer_than 중 하나 이상을 설정하세요',
  'set value or expression, not both': 'value와 expression 중 하나만 설정하세요',
  'value needs source, the extracted value to compare': 'value에는 비교할 추출 값인 source가 필요합니다',
  '"{1}" cannot be the name of an extracted value: use letters, digits and _':
    '"{1}"은(는) 추출 값의 이름이 될 수 없습니다. 영문자, 숫자, _를 쓰세요',
  'db must name a MaxMind DB file': 'db에는 MaxMind DB 파일을 지정해야 합니다',
  'source must name the extracted value that holds the address': 'source에는 주소가 든 추출 값을 지정해야 합니다',
  'set db_type, custom_lookups or both, or nothing is extracted':
    'db_type이나 custom_lookups를 설정하세요. 아니면 아무것도 추출하지 않습니다',
  'the JMESPath of "{1}" is not valid: {2}': '"{1}"의 JMESPath가 올바르지 않습니다: {2}',
  'set expressions, regex or both': 'expressions나 regex를 설정하세요',
  'source must not be empty; leave it out to parse the line': 'source는 비워 둘 수 없습니다. 줄을 해석하려면 빼세요',
  'at least one label name is needed': '레이블 이름이 하나 이상 필요합니다',
  '"{1}" cannot be a label name: use letters, digits and _, not starting with a digit':
    '"{1}"은(는) 레이블 이름이 될 수 없습니다. 영문자, 숫자, _를 쓰되 숫자로 시작하지 마세요',
  'at least one label is needed': '레이블이 하나 이상 필요합니다',
  'rate has to be above 0': 'rate는 0보다 커야 합니다',
  'burst has to be above 0': 'burst는 0보다 커야 합니다',
  'by_label_name needs drop = true': 'by_label_name에는 drop = true가 필요합니다',
  '{1} follows another capture directly: put text between them':
    '{1}이(가) 다른 캡처 바로 뒤에 있습니다. 사이에 텍스트를 넣으세요',
  'the pattern has no named capture: write <name> where a value stands':
    '패턴에 이름 있는 캡처가 없습니다. 값 자리에 <name>을 쓰세요',
  'the capture <{1}> occurs twice': '캡처 <{1}>이(가) 두 번 나옵니다',
  'set mapping, regex or both': 'mapping이나 regex를 설정하세요',
  'source must not be empty; leave it out to use the line': 'source는 비워 둘 수 없습니다. 줄을 쓰려면 빼세요',
  'the selector is not valid: {1}': '셀렉터가 올바르지 않습니다: {1}',
  'stages in a match with action = "drop" would never run': 'action = "drop"인 match 안의 스테이지는 실행되지 않습니다',
  'without nested stages, action = "keep" lets every entry through, matching or not (Alloy refuses this); to drop what does not match, negate the selector and use action = "drop"':
    '안쪽 스테이지가 없으면 action = "keep"은 일치하든 않든 모든 항목을 통과시킵니다(Alloy는 거부합니다). 일치하지 않는 것을 버리려면 셀렉터를 뒤집고 action = "drop"을 쓰세요',
  '"{1}{2}" cannot be a metric name': '"{1}{2}"은(는) 메트릭 이름이 될 수 없습니다',
  'max_idle_duration has to be at least 1s': 'max_idle_duration은 1s 이상이어야 합니다',
  'set match_all or value, not both': 'match_all과 value 중 하나만 설정하세요',
  'count_entry_bytes needs match_all = true and action = "add"':
    'count_entry_bytes에는 match_all = true와 action = "add"가 필요합니다',
  'at least one bucket is needed': '버킷이 하나 이상 필요합니다',
  'buckets have to ascend': '버킷은 작은 것부터 적어야 합니다',
  'firstline must not be empty': 'firstline은 비워 둘 수 없습니다',
  'max_wait_time has to be above 0': 'max_wait_time은 0보다 커야 합니다',
  'source must not be empty; leave it out to match the line': 'source는 비워 둘 수 없습니다. 줄에 맞춰 보려면 빼세요',
  'the expression must not be empty': 'expression은 비워 둘 수 없습니다',
  'source must not be empty; leave it out to search the line': 'source는 비워 둘 수 없습니다. 줄에서 찾으려면 빼세요',
  'the template cannot be used: {1}': '템플릿을 쓸 수 없습니다: {1}',
  'source must not be empty; leave it out to split the line': 'source는 비워 둘 수 없습니다. 줄을 나누려면 빼세요',
  'at least one name is needed': '이름이 하나 이상 필요합니다',
  'set values, regex or both': 'values나 regex를 설정하세요',
  'source must not be empty': 'source는 비워 둘 수 없습니다',
  'set exactly one of label, source and value': 'label, source, value 중 하나만 설정하세요',
  'format must not be empty': 'format은 비워 둘 수 없습니다',
  'there is no time zone "{1}"; write an IANA name such as "Europe/Berlin"':
    '"{1}" 시간대는 없습니다. "Asia/Seoul" 같은 IANA 이름을 쓰세요',
  'limit has to be above 0': 'limit은 0보다 커야 합니다',
  'the suffix has to be shorter than limit': 'suffix는 limit보다 짧아야 합니다',
  'sources has no meaning when source_type is "line"': 'source_type이 "line"이면 sources는 뜻이 없습니다',
  'the function {1} is not supported; supported are {2}': '함수 {1}은(는) 지원하지 않습니다. 지원하는 함수: {2}',
  '{1} takes at least {2} argument(s), not {3}': '{1}에는 인수가 적어도 {2}개 필요한데 {3}개입니다',
  '{1} takes {2} to {3} argument(s), not {4}': '{1}에는 인수가 {2}~{3}개 필요한데 {4}개입니다',
  '{1} takes {2} argument(s), not {3}': '{1}에는 인수가 {2}개 필요한데 {3}개입니다',
  'blocks are nested deeper than {1}': '블록이 {1}겹보다 깊습니다',
  'two variables can only be set by {{range}}': '변수 두 개는 {{range}}로만 설정할 수 있습니다',
  '{{else}} in line {1} has no {{end}}': '{1}번째 줄의 {{else}}에 {{end}}가 없습니다',
  '{1} (line {2})': '{1}({2}번째 줄)',
  'only a function can be given arguments': '함수에만 인수를 줄 수 있습니다',
  'only a function can stand behind "|"': '"|" 뒤에는 함수만 올 수 있습니다',
  'a "(" is not closed': '"("이 닫히지 않았습니다',
  'the variable ${1} is not defined': '변수 ${1}이(가) 정의되지 않았습니다',
  'the {{ in line {1} is not closed': '{1}번째 줄의 {{이 닫히지 않았습니다',
  '"{1}" is neither a format name (RFC3339, Unix, UnixMs, …) nor a Go layout: write how Mon Jan 2 15:04:05 2006 would look, for example "2006-01-02 15:04:05"':
    '"{1}"은(는) 형식 이름(RFC3339, Unix, UnixMs, …)도 Go 레이아웃도 아닙니다. Mon Jan 2 15:04:05 2006이 어떻게 보일지 쓰세요. 예: "2006-01-02 15:04:05"',
  'a stream without labels cannot be stored by Loki; add one, for example with external_labels = { job = "…" }':
    '레이블 없는 스트림은 Loki에 저장할 수 없습니다. 레이블을 추가하세요. 예: external_labels = { job = "…" }',
  'no endpoint is set for {1}: set client.endpoint or {2}_endpoint':
    '{1}의 엔드포인트가 없습니다. client.endpoint나 {2}_endpoint를 설정하세요',
  'nothing to listen on: neither grpc nor http is configured':
    '수신할 것이 없습니다. grpc도 http도 설정되지 않았습니다',
  'scrape_interval must be greater than 0': 'scrape_interval은 0보다 커야 합니다',
  'scrape_timeout must be greater than 0': 'scrape_timeout은 0보다 커야 합니다',
  'scrape_timeout ({1}) must not be longer than scrape_interval ({2}): set scrape_timeout = "{3}" or less':
    'scrape_timeout({1})은 scrape_interval({2})보다 길 수 없습니다. scrape_timeout = "{3}" 이하로 설정하세요',
  'scheme must be "http" or "https"': 'scheme은 "http"나 "https"여야 합니다',
  '"{1}" is not one of {2}': '"{1}"은(는) 다음 중 하나가 아닙니다: {2}',
  '"{1}" is listed twice': '"{1}"이(가) 두 번 있습니다',
  'list at least one of {1}': '다음 중 하나 이상을 적으세요: {1}',
  'enable_protobuf_negotiation and scrape_protocols exclude each other: list PrometheusProto first instead':
    'enable_protobuf_negotiation과 scrape_protocols는 함께 쓸 수 없습니다. 대신 PrometheusProto를 맨 앞에 적으세요',
  'scrape_native_histograms needs PrometheusProto in scrape_protocols':
    'scrape_native_histograms에는 scrape_protocols의 PrometheusProto가 필요합니다',
  'metric_name_escaping_scheme "allow-utf-8" needs metric_name_validation_scheme = "utf8"':
    'metric_name_escaping_scheme "allow-utf-8"에는 metric_name_validation_scheme = "utf8"이 필요합니다',
  'refresh_interval must be greater than 0': 'refresh_interval은 0보다 커야 합니다',
  'poll_frequency must be greater than 0': 'poll_frequency는 0보다 커야 합니다',
  'sync_period must be greater than 0': 'sync_period는 0보다 커야 합니다',
  'at least one endpoint block is needed: endpoint { url = "http://loki:3100/loki/api/v1/push" }':
    'endpoint 블록이 하나 이상 필요합니다: endpoint { url = "http://loki:3100/loki/api/v1/push" }',
  '"{1}" is not a label name': '"{1}"은(는) 레이블 이름이 아닙니다',
  'Loki takes lines at /loki/api/v1/push; this url ends otherwise':
    'Loki는 /loki/api/v1/push에서 줄을 받는데, 이 url은 다르게 끝납니다',
  'batch_size must be above 0': 'batch_size는 0보다 커야 합니다',
  'min_backoff_period is above max_backoff_period': 'min_backoff_period가 max_backoff_period보다 큽니다',
  'Weir sets the header {1} itself; this one has no effect': '{1} 헤더는 Weir가 직접 정하므로 효과가 없습니다',
  'check host, port and what stands in front of /loki/api/v1/push':
    '호스트와 포트, 그리고 /loki/api/v1/push 앞에 무엇이 있는지 확인하세요',
  'the url of Loki usually ends in /loki/api/v1/push': 'Loki의 url은 보통 /loki/api/v1/push로 끝납니다',
  'the cache is bounded by size or by time: set max_cache_size = 0 to use cache_ttl':
    '캐시는 크기나 시간 중 하나로 제한합니다. cache_ttl을 쓰려면 max_cache_size = 0으로 설정하세요',
  'the cache needs a bound: set max_cache_size above 0, or cache_ttl':
    '캐시에는 한도가 필요합니다. max_cache_size를 0보다 크게 하거나 cache_ttl을 설정하세요',
  'cache_ttl must be at least "1m"': 'cache_ttl은 "1m" 이상이어야 합니다',
  'min_shards is above max_shards': 'min_shards가 max_shards보다 큽니다',
  'min_backoff is above max_backoff': 'min_backoff가 max_backoff보다 큽니다',
  'check host, port and what stands in front of /api/v1, and whether the server takes remote write at all':
    '호스트와 포트, /api/v1 앞에 무엇이 있는지, 서버가 remote write를 받는지 확인하세요',
  'the url of Mimir usually ends in /api/v1/push, that of Prometheus in /api/v1/write':
    'url은 보통 Mimir면 /api/v1/push로, Prometheus면 /api/v1/write로 끝납니다',
  'the encoding "{1}" is not known; use its IANA name': '"{1}" 인코딩을 알 수 없습니다. IANA 이름을 쓰세요',
  'format is required: gz or z': 'format이 필요합니다: gz 또는 z',
  'bz2 is not supported: decompress the files beforehand, or use gz':
    'bz2는 지원하지 않습니다. 파일의 압축을 먼저 풀거나 gz를 쓰세요',
  '"{1}" is not an endpoint: write host:port, as in tempo:4317':
    '"{1}"은(는) 엔드포인트가 아닙니다. tempo:4317처럼 host:port로 쓰세요',
  'Weir does not compress gRPC requests with zstd: use "gzip", "snappy" or "none"':
    'Weir는 gRPC 요청을 zstd로 압축하지 않습니다. "gzip", "snappy", "none" 중에서 쓰세요',
  'set client.endpoint, or the endpoint of a kind of data': 'client.endpoint나 데이터 종류별 엔드포인트를 설정하세요',
  '"{1}" is not a URL: write http://host:port': '"{1}"은(는) URL이 아닙니다. http://host:port로 쓰세요',
  'Weir does not compress OTLP/HTTP requests with zstd: use "gzip", "lz4", "snappy" or "none"':
    'Weir는 OTLP/HTTP 요청을 zstd로 압축하지 않습니다. "gzip", "lz4", "snappy", "none" 중에서 쓰세요',
  'send_batch_max_size must be 0 or at least send_batch_size':
    'send_batch_max_size는 0이거나 send_batch_size 이상이어야 합니다',
  '"{1}" stands twice in metadata_keys; upper and lower case are the same':
    '"{1}"이(가) metadata_keys에 두 번 있습니다. 대소문자는 구분하지 않습니다',
  'sampling_percentage must be a finite number': 'sampling_percentage는 유한한 수여야 합니다',
  'sampling_percentage must not be negative': 'sampling_percentage는 음수일 수 없습니다',
  'sampling_percentage is too small to be told from 0: use 0 or a larger share':
    'sampling_percentage가 0과 구별할 수 없을 만큼 작습니다. 0이나 더 큰 값을 쓰세요',
  'neither a grpc nor an http block is written, so nothing listens: add one, empty is enough':
    'grpc 블록도 http 블록도 없어 수신하지 않습니다. 하나를 추가하세요. 비어 있어도 됩니다',
  '"{1}" is not the path of a socket file, which transport = "unix" listens on':
    '"{1}"은(는) transport = "unix"가 수신하는 소켓 파일의 경로가 아닙니다',
  '{1} must be a path that starts with "/"': '{1}은(는) "/"로 시작하는 경로여야 합니다',
  'the receiver is holding too many unfinished requests; try again later or send smaller batches':
    '수신기에 끝나지 않은 요청이 너무 많습니다. 나중에 다시 시도하거나 더 작은 배치로 보내세요',
  'the expression ends': '식의 끝',
  'the template took more than {1} steps': '템플릿이 {1}단계를 넘었습니다',
  'the template wrote more than {1} characters': '템플릿이 {1}자를 넘게 썼습니다',
  'there is no field {1} in a value of type {2}': '{2} 유형의 값에 필드 {1}이(가) 없습니다',
  '{{range}} cannot go over a value of type {1}': '{{range}}는 {1} 유형의 값을 돌 수 없습니다',
  'a list would have more than {1} elements': '목록의 요소가 {1}개를 넘습니다',
  '{1} and {2} cannot be compared': '{1}과(와) {2}은(는) 비교할 수 없습니다',
  '{1} and {2} have no order': '{1}과(와) {2}에는 순서가 없습니다',
  'a map is indexed by a string': '맵의 인덱스는 string입니다',
  '{1} cannot be indexed like this': '{1}에는 이런 인덱스를 쓸 수 없습니다',
  'index {1} is out of range': '인덱스 {1}이(가) 범위를 벗어납니다',
  '{1} cannot be sliced': '{1}은(는) 자를 수 없습니다',
  'slice bounds {1}:{2} are out of range': '자를 범위 {1}:{2}이(가) 범위를 벗어납니다',
  'a value of type {1} has no length': '{1} 유형의 값에는 길이가 없습니다',
  'division by zero': '0으로 나눔',
  'repeat would make more than {1} characters': 'repeat의 결과가 {1}자를 넘습니다',
  '{1} made a value longer than {2}': '{1}의 결과가 {2}보다 깁니다',
  'the destination changed': '보내는 곳이 바뀌었습니다',
  'configure the endpoint it was meant for again to send it, or delete the directory':
    '보내려면 원래 엔드포인트를 다시 설정하고, 아니면 디렉터리를 삭제하세요',
  '{{{1}}} is not supported': '{{{1}}}은(는) 지원하지 않습니다',
  '{{{1}}} sets one variable at most': '{{{1}}}은(는) 변수를 하나까지만 설정합니다',
}
