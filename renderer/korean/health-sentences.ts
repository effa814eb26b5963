// How components are, and why.
import type { Sentences } from './dictionary.ts'

export const healthSentences: Sentences = {
  'the server refuses what it is sent, which is given up ({1})': '서버가 보낸 것을 거부하여 포기합니다({1})',
  'the server refuses the credentials; correct them, nothing is lost ({1})':
    '서버가 자격 증명을 거부합니다. 바로잡으세요. 잃는 데이터는 없습니다({1})',
  'not delivering, trying again ({1})': '전달하지 못해 다시 시도하는 중입니다({1})',
  'sending failed, retrying': '전송에 실패해 다시 시도하는 중입니다',
  '{1} (on every try)': '{1}(매번)',
  'listing the containers': '컨테이너 나열',
  'looking at container {1}': '컨테이너 {1} 확인',
  'watching its events was stopped': '이벤트 지켜보기가 중단되었습니다',
  'reading the log of container {1}': '컨테이너 {1} 로그 읽기',
  'the credentials could not be read: {1}': '자격 증명을 읽을 수 없습니다: {1}',
  'Check the file and its permissions.': '파일과 권한을 확인하세요.',
  'Start Docker (Docker Desktop, or `systemctl start docker`), or correct `host`.':
    'Docker를 시작하거나(Docker Desktop 또는 `systemctl start docker`) `host`를 바로잡으세요.',
  'Docker at {1} answered {2} while {3}': '{1}의 Docker가 {2}(으)로 응답했습니다(하던 일: {3})',
  'Docker at {1} answered {2} while {3}: {4}': '{1}의 Docker가 {2}(으)로 응답했습니다(하던 일: {3}): {4}',
  'Nothing to do when the container was removed on purpose.': '일부러 컨테이너를 제거했다면 할 일이 없습니다.',
  'Its log driver cannot be read: run the container with the json-file, local or journald log driver.':
    '로그 드라이버를 읽을 수 없습니다. json-file, local, journald 로그 드라이버로 컨테이너를 실행하세요.',
  'Give credentials the proxy in front of the engine accepts.': '엔진 앞의 프록시가 받아들이는 자격 증명을 주세요.',
  'It is tried again; if it lasts, look into the log of the Docker engine.':
    '다시 시도합니다. 계속되면 Docker 엔진의 로그를 확인하세요.',
  'Docker is not running: the socket of {1} does not exist': 'Docker가 실행 중이 아닙니다. {1} 소켓이 없습니다',
  'Docker is not running: nothing listens at {1}': 'Docker가 실행 중이 아닙니다. {1}에서 수신하는 것이 없습니다',
  'this user may not use {1}': '이 사용자는 {1}을(를) 쓸 수 없습니다',
  'Add the user to the group `docker` and log in again, run Weir as a user that may, or use rootless Docker.':
    '사용자를 `docker` 그룹에 추가하고 다시 로그인하거나, 권한이 있는 사용자로 Weir를 실행하거나, 루트 없는(rootless) Docker를 쓰세요.',
  'Docker at {1} did not answer in time while {2}': '{1}의 Docker가 제때 응답하지 않았습니다(하던 일: {2})',
  'It is tried again; if it lasts, the engine hangs: restart it.':
    '다시 시도합니다. 계속되면 엔진이 멈춘 것입니다. 다시 시작하세요.',
  '{1} was stopped': '중단되었습니다: {1}',
  'the connection to Docker at {1} failed while {2}': '{1}의 Docker와 연결이 실패했습니다(하던 일: {2})',
  'the connection to Docker at {1} failed while {2} ({3})': '{1}의 Docker와 연결이 실패했습니다(하던 일: {2}, {3})',
  'the data is larger than the whole queue may be': '데이터가 대기열 전체의 한도보다 큽니다',
  'too much is waiting for room in the queue': '대기열에 자리가 나기를 기다리는 것이 너무 많습니다',
  'the queue is full': '대기열이 가득 찼습니다',
  'the queue cannot be written': '대기열에 쓸 수 없습니다',
  'the disk is full': '디스크가 가득 찼습니다',
  '{1} cannot be written: the disk is full': '{1}에 쓸 수 없습니다. 디스크가 가득 찼습니다',
  '{1} cannot be written: {2}': '{1}에 쓸 수 없습니다: {2}',
  'older than the limit': '한도보다 오래됨',
  'segments are missing': '세그먼트가 없습니다',
  'a checksum does not match': '체크섬이 맞지 않습니다',
  '{1} is damaged or cut short': '{1}이(가) 손상되었거나 잘렸습니다',
  '{1} is damaged': '{1}이(가) 손상되었습니다',
  'the queue is stopping': '대기열이 멈추는 중입니다',
  '{1} cannot be used: {2}': '{1}을(를) 쓸 수 없습니다: {2}',
  'The queue in {1} is in use by {2}.': '{1}의 대기열을 {2}이(가) 쓰고 있습니다.',
  'Stop the other one, or give this one a storage path of its own.': '그쪽을 멈추거나, 이쪽에 다른 저장 경로를 주세요.',
  'the queue reached {1} bytes': '대기열이 {1}바이트에 이르렀습니다',
  'the component failed on a batch': '컴포넌트가 배치에서 실패했습니다',
  'the collector has stopped and takes no config': '수집기가 멈춰 있어 설정을 받지 않습니다',
  'Start it again to run one.': '실행하려면 다시 시작하세요.',
  '{1} cannot be built: {2}': '{1}을(를) 만들 수 없습니다: {2}',
  '{1} failed on this batch: {2}': '{1}이(가) 이 배치에서 실패했습니다: {2}',
  'the arguments are valid': '인수가 올바릅니다',
  'not started yet': '아직 시작하지 않음',
  '{1} has exited: {2}': '{1}이(가) 끝났습니다: {2}',
  'the component ended by itself': '컴포넌트가 스스로 끝났습니다',
  'the component failed': '컴포넌트가 실패했습니다',
  'still busy with new arguments; the newest wait for it':
    '아직 새 인수를 처리하는 중입니다. 가장 새로운 것이 기다립니다',
  'still busy with new arguments after {1} s; the newest wait for it':
    '{1}초가 지나도 아직 새 인수를 처리하는 중입니다. 가장 새로운 것이 기다립니다',
  'the arguments were not applied': '인수가 적용되지 않았습니다',
  '{1} has stopped': '{1}이(가) 멈췄습니다',
  'the component did not stop in time and was left behind': '컴포넌트가 제때 멈추지 않아 남겨 두었습니다',
  'not readable': '읽을 수 없음',
  'this item cannot be shown: {1}': '이 항목은 보여 줄 수 없습니다: {1}',
  '{1} target': '타깃 {1}개',
  '{1} targets': '타깃 {1}개',
  '{1} rule': '규칙 {1}개',
  '{1} rules': '규칙 {1}개',
  '{1} stage': '스테이지 {1}개',
  'following {1} containers': '컨테이너 {1}개의 로그를 읽는 중',
  '{1} containers': '컨테이너 {1}개',
  '{1} files': '파일 {1}개',
  'read {1}': '{1} 읽음',
  '{1} cannot be read ({2}); its last content stays in use. Restore the file or its permissions.':
    '{1}을(를) 읽을 수 없어({2}) 마지막 내용을 계속 씁니다. 파일이나 권한을 되돌리세요.',
  'Correct the path or its permissions.': '경로나 권한을 바로잡으세요.',
  '{1} has been stopped': '{1}을(를) 멈췄습니다',
  'relabel_rules drop every line of this container': 'relabel_rules가 이 컨테이너의 모든 줄을 버립니다',
  'The log is opened again.': '로그를 다시 엽니다.',
  'the engine sent something that is not a log stream': '엔진이 로그 스트림이 아닌 것을 보냈습니다',
  'target {1}': '타깃 {1}',
  'the queue: {1}': '대기열: {1}',
  '{1} (tenant {2}): {3}': '{1}(테넌트 {2}): {3}',
  'the queue of tenant {1} cannot be made: {2}': '테넌트 {1}의 대기열을 만들 수 없습니다: {2}',
  'a tenant is longer than {1} bytes, which Loki does not take': '테넌트가 {1}바이트를 넘어 Loki가 받지 않습니다',
  'there are lines for more than {1} tenants; send them through several loki.write components':
    '테넌트가 {1}개를 넘습니다. loki.write 컴포넌트 여러 개로 나눠 보내세요',
  '{1} (tenant {2})': '{1}(테넌트 {2})',
  'the stream {1} would exceed max_streams': '스트림 {1}이(가) max_streams를 넘습니다',
  '{1} answered with status {2}: nothing takes lines at this address; check host, port and what stands in front of /loki/api/v1/push':
    '{1}이(가) 상태 {2}(으)로 응답했습니다. 이 주소에서 줄을 받는 것이 없습니다. 호스트와 포트, 그리고 /loki/api/v1/push 앞에 무엇이 있는지 확인하세요',
  '{1} answered with status {2}: nothing takes lines at this address; the url of Loki usually ends in /loki/api/v1/push':
    '{1}이(가) 상태 {2}(으)로 응답했습니다. 이 주소에서 줄을 받는 것이 없습니다. Loki의 url은 보통 /loki/api/v1/push로 끝납니다',
  'the queue holds lines this version of Weir cannot read': '대기열에 이 버전의 Weir가 읽을 수 없는 줄이 있습니다',
  'the content is malformed': '내용의 형식이 잘못되었습니다',
  '"{1}" is not an endpoint': '"{1}"은(는) 엔드포인트가 아닙니다',
  'the server answered {1}': '서버가 {1}(으)로 응답했습니다',
  'the server answered {1}: {2}': '서버가 {1}(으)로 응답했습니다: {2}',
  'not host:port': 'host:port가 아닙니다',
  'a malformed item cannot be sent as JSON': '형식이 잘못된 항목은 JSON으로 보낼 수 없습니다',
  'the arguments changed while the request was under way': '요청하는 동안 인수가 바뀌었습니다',
  '{1} takes no {2}': '{1}은(는) {2}을(를) 받지 않습니다',
  'more than {1} combinations of {2} are under way: raise metadata_cardinality_limit':
    '{2}의 조합이 {1}개를 넘습니다. metadata_cardinality_limit을 올리세요',
  'listening on {1}': '{1}에서 수신 중',
  'This port speaks OTLP over gRPC. For OTLP over HTTP use the HTTP port (4318 by default), or set the protocol of the sender to grpc.':
    '이 포트는 gRPC로 OTLP를 받습니다. HTTP로 보내려면 HTTP 포트(기본값 4318)를 쓰거나 보내는 쪽의 프로토콜을 grpc로 하세요.',
  'an HTTP/1 request came to the gRPC port; OTLP over HTTP has a port of its own (4318 by default)':
    'gRPC 포트로 HTTP/1 요청이 왔습니다. HTTP용 OTLP 포트는 따로 있습니다(기본값 4318)',
  'a TLS connection came to a port without TLS; write a tls block, or make the sender use an insecure connection':
    'TLS가 없는 포트로 TLS 연결이 왔습니다. tls 블록을 쓰거나, 보내는 쪽에서 보안 없는 연결을 쓰세요',
  'a connection came that speaks neither gRPC nor HTTP': 'gRPC도 HTTP도 아닌 연결이 왔습니다',
  'the content encoding "{1}" is not accepted here, only {2}': '여기서는 "{1}" 인코딩을 받지 않습니다. 받는 것: {2}',
  'the request ended before its body was complete': '본문이 다 오기 전에 요청이 끝났습니다',
  'the body is larger than {1} bytes: send smaller batches, or raise max_request_body_size':
    '본문이 {1}바이트를 넘습니다. 더 작은 배치로 보내거나 max_request_body_size를 올리세요',
  '{1}, and such pages may not send here: list their origin in cors.allowed_origins':
    '{1}. 그런 페이지는 여기로 보낼 수 없습니다. cors.allowed_origins에 출처를 적으세요',
  '{1} takes POST, not {2}': '{1}은(는) {2}가 아니라 POST를 받습니다',
  'the content type is {1}: send application/x-protobuf or application/json':
    '콘텐츠 유형이 {1}입니다. application/x-protobuf나 application/json으로 보내세요',
  'the content type is none: send application/x-protobuf or application/json':
    '콘텐츠 유형이 없습니다. application/x-protobuf나 application/json으로 보내세요',
  'this port speaks OTLP over HTTP; send gRPC to the gRPC port (4317 by default)':
    '이 포트는 HTTP로 OTLP를 받습니다. gRPC는 gRPC 포트(기본값 4317)로 보내세요',
  'OTLP is taken at {1}; if the sender takes a base URL, leave the path out of it':
    'OTLP는 {1}에서 받습니다. 보내는 쪽에 기본 URL을 적는다면 경로를 빼세요',
  'there is nothing at {1}: this port speaks OTLP over HTTP; send gRPC to the gRPC port (4317 by default)':
    '{1}에는 아무것도 없습니다. 이 포트는 HTTP로 OTLP를 받습니다. gRPC는 gRPC 포트(기본값 4317)로 보내세요',
  'there is nothing at {1}: OTLP is taken at {2}; if the sender takes a base URL, leave the path out of it':
    '{1}에는 아무것도 없습니다. OTLP는 {2}에서 받습니다. 보내는 쪽에 기본 URL을 적는다면 경로를 빼세요',
  'this receiver does not take {1}: connect {2} in its output block, or stop sending them here':
    '이 수신기는 {1}을(를) 받지 않습니다. output 블록에 {2}을(를) 연결하거나 여기로 보내지 마세요',
  'the body is not a well-formed OTLP {1} request': '본문이 올바른 OTLP {1} 요청이 아닙니다',
  'the body is not a well-formed OTLP {1} request: it looks gzip-compressed, so its encoding must be named':
    '본문이 올바른 OTLP {1} 요청이 아닙니다. gzip으로 압축된 것 같은데, 그러면 인코딩을 밝혀야 합니다',
  'the body is not a well-formed OTLP {1} request: it looks like JSON, which goes to the HTTP port as application/json':
    '본문이 올바른 OTLP {1} 요청이 아닙니다. JSON 같은데, JSON은 application/json으로 HTTP 포트에 보냅니다',
  'cannot serve {1}: {2}': '{1}에서 제공할 수 없습니다: {2}',
  'Check the tls block.': 'tls 블록을 확인하세요.',
  '"{1}" is not an address to listen on': '"{1}"은(는) 수신할 주소가 아닙니다',
  'Write host:port, as in 0.0.0.0:4317.': '0.0.0.0:4317처럼 host:port로 쓰세요.',
  '{1} has no IPv{2} address, which transport = "{3}" asks for':
    '{1}에는 transport = "{3}"이(가) 요구하는 IPv{2} 주소가 없습니다',
  'Change the endpoint or the transport.': '엔드포인트나 transport를 바꾸세요.',
  'this port speaks OTLP over HTTP; send gRPC to the gRPC port (4317 by default), or use OTLP over HTTP':
    '이 포트는 HTTP로 OTLP를 받습니다. gRPC는 gRPC 포트(기본값 4317)로 보내거나 HTTP로 OTLP를 보내세요',
  'a TLS connection came to a port without TLS; write a tls block, or make the sender use http://':
    'TLS가 없는 포트로 TLS 연결이 왔습니다. tls 블록을 쓰거나 보내는 쪽에서 http://를 쓰세요',
  'the request was cut off or is not HTTP ({1})': '요청이 잘렸거나 HTTP가 아닙니다({1})',
  'the queue of {1}: {2}': '{1}의 대기열: {2}',
  'the queue holds a request this version of Weir cannot read':
    '대기열에 이 버전의 Weir가 읽을 수 없는 요청이 있습니다',
  'requests of remote write 2.0 go one by one': 'remote write 2.0의 요청은 하나씩 보냅니다',
  '{1}; nothing takes metrics at {2}: check host, port and what stands in front of /api/v1, and whether the server takes remote write at all':
    '{1}. {2}에서 메트릭을 받는 것이 없습니다. 호스트와 포트, /api/v1 앞에 무엇이 있는지, 서버가 remote write를 받는지 확인하세요',
  '{1}; nothing takes metrics at {2}: the url of Mimir usually ends in /api/v1/push, that of Prometheus in /api/v1/write':
    '{1}. {2}에서 메트릭을 받는 것이 없습니다. url은 보통 Mimir면 /api/v1/push로, Prometheus면 /api/v1/write로 끝납니다',
  'the server accepted {1}{2}{3} items but does not say that it wrote any; it may not speak remote write 2.0: set protobuf_message = "prometheus.WriteRequest"':
    '서버가 항목 {1}{2}{3}개를 받았지만 썼다고 하지 않습니다. remote write 2.0을 쓰지 않을 수 있습니다. protobuf_message = "prometheus.WriteRequest"로 설정하세요',
  'connection refused by {1}: is the app running, and does it listen on this port and on an address other machines or containers can reach?':
    '{1}에서 연결을 거부했습니다. 앱이 실행 중인지, 다른 컴퓨터나 컨테이너에서 닿을 수 있는 주소와 이 포트에서 수신하는지 확인하세요',
  'no complete answer from {1} within {2} s: is the app overloaded, or does a firewall drop the packets?':
    '{1}에서 {2}초 안에 응답이 다 오지 않았습니다. 앱의 부하가 많은지, 방화벽이 패킷을 버리는지 확인하세요',
  '{1} answered {2} {3}: {4}': '{1}이(가) {2} {3}(으)로 응답했습니다: {4}',
  'set basic_auth, authorization or another way to log in': 'basic_auth, authorization 등 로그인 방법을 설정하세요',
  'the credentials may not read metrics, or the app does not expose them here':
    '이 자격 증명으로는 메트릭을 읽을 수 없거나, 앱이 여기에 메트릭을 내놓지 않습니다',
  'check metrics_path, and that the app exposes metrics there':
    'metrics_path와, 앱이 그곳에 메트릭을 내놓는지 확인하세요',
  'the app offers none of the formats in scrape_protocols': '앱이 scrape_protocols의 형식을 하나도 제공하지 않습니다',
  'set the address or metrics_path to where it redirects, or follow_redirects':
    '리디렉션되는 곳으로 주소나 metrics_path를 바꾸거나 follow_redirects를 설정하세요',
  'the app failed while answering, its log says why': '응답하는 중에 앱이 실패했습니다. 앱의 로그에 이유가 있습니다',
  'only 200 counts as an answer with metrics': '메트릭 응답은 200이어야 합니다',
  '{1} answered with an HTML page, not with metrics: check metrics_path':
    '{1}이(가) 메트릭이 아니라 HTML 페이지로 응답했습니다. metrics_path를 확인하세요',
  'the answer of {1} cannot be read: {2}': '{1}의 응답을 읽을 수 없습니다: {2}',
  'the answer of {1} has {2} bytes or more, which is too large: expose fewer metrics, or raise body_size_limit':
    '{1}의 응답이 {2}바이트 이상이어서 너무 큽니다. 메트릭을 줄이거나 body_size_limit을 올리세요',
  '{1} answered with the Content-Type {2}, which is no metrics format: set scrape_fallback_protocol, or correct the app':
    '{1}이(가) 메트릭 형식이 아닌 Content-Type {2}(으)로 응답했습니다. scrape_fallback_protocol을 설정하거나 앱을 고치세요',
  'the label {1} of {2} is given twice': '{2}의 레이블 {1}이(가) 두 번 있습니다',
  '{1} is not a valid label name (on {2})': '{1}은(는) 올바른 레이블 이름이 아닙니다({2})',
  '{1} is not a valid metric name': '{1}은(는) 올바른 메트릭 이름이 아닙니다',
  '{1} has {2} labels, the limit is {3}': '{1}의 레이블이 {2}개로, 한도 {3}개를 넘습니다',
  '{1} has a label name of more than {2} bytes': '{1}에 {2}바이트를 넘는 레이블 이름이 있습니다',
  'the label {1} of {2} is longer than {3} bytes': '{2}의 레이블 {1}이(가) {3}바이트를 넘습니다',
  'it has no __address__': '__address__가 없습니다',
  'its __address__ holds a user or password: write only "{1}", and set basic_auth':
    '__address__에 사용자나 비밀번호가 있습니다. "{1}"만 쓰고 basic_auth를 설정하세요',
  'its __address__ "{1}" is not host:port (it contains "/")':
    '__address__ "{1}"은(는) host:port가 아닙니다("/"가 있음)',
  'its __scrape_interval__ "{1}" is not a duration above 0': '__scrape_interval__ "{1}"은(는) 0보다 큰 시간이 아닙니다',
  'its __scrape_timeout__ "{1}" is not a duration above 0': '__scrape_timeout__ "{1}"은(는) 0보다 큰 시간이 아닙니다',
  'its __scrape_timeout__ is longer than its __scrape_interval__':
    '__scrape_timeout__이 __scrape_interval__보다 깁니다',
  'its {1} "{2}" is not true or false': '{1} "{2}"은(는) true나 false가 아닙니다',
  'its label {1} is not valid Unicode': '레이블 {1}이(가) 올바른 유니코드가 아닙니다',
  'its __scheme__ "{1}" is not http or https': '__scheme__ "{1}"은(는) http나 https가 아닙니다',
  '"{1}://{2}" is not an address that can be requested': '"{1}://{2}"은(는) 요청할 수 있는 주소가 아닙니다',
  'an internal error, which the log describes': '내부 오류입니다. 로그에 설명이 있습니다',
  'a scrape failed': '스크레이프가 실패했습니다',
  'there are {1} targets, more than the target_limit of {2}: none is scraped':
    '타깃이 {1}개로 target_limit {2}개를 넘어 하나도 스크레이프하지 않습니다',
  'the target exposes {1} samples, more than the limit of {2}': '타깃이 내놓는 샘플이 {1}개로, 한도 {2}개를 넘습니다',
  'the native histogram {1} has more than {2} buckets': '네이티브 히스토그램 {1}의 버킷이 {2}개를 넘습니다',
  'the component was stopped meanwhile': '그사이 컴포넌트가 멈췄습니다',
  'the target cannot be scraped: {1}': '타깃을 스크레이프할 수 없습니다: {1}',
  'live debugging is off: write livedebugging { enabled = true } into the config and reload it':
    '라이브 디버깅이 꺼져 있습니다. 설정에 livedebugging { enabled = true }를 쓰고 다시 읽으세요',
  'there is no component "{1}"': '"{1}" 컴포넌트가 없습니다',
  'no data passes {1}, so there is nothing to watch': '{1}을(를) 지나는 데이터가 없어 볼 것이 없습니다',
  'Weir is not ready yet.': 'Weir가 아직 준비되지 않았습니다.',
  'component "{1}" serves nothing there': '"{1}" 컴포넌트는 여기에서 제공하는 것이 없습니다',
  'from and to must be ids of components': 'from과 to는 컴포넌트의 id여야 합니다',
}
