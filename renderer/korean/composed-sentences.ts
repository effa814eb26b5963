// Sentences whose parts are put together in several places of the source.
import type { Sentences } from './dictionary.ts'

export const composedSentences: Sentences = {
  'code {1}': '코드 {1}',
  '{1} refused {2} items': '{1}이(가) 항목 {2}개를 거부했습니다',
  'traces of {1}': '{1}의 트레이스',
  'logs of {1}': '{1}의 로그',
  'metrics of {1}': '{1}의 메트릭',
  'trace stored': '트레이스 저장',
  'log stored': '로그 저장',
  'exemplar stored': 'Exemplar 저장',
  'trace in grafana': 'Grafana에서 트레이스 확인',
  'log in grafana': 'Grafana에서 로그 확인',
  'exemplar in grafana': 'Grafana에서 exemplar 확인',
  Ready: '준비됨',
  'no answer within 2 s': '2초 안에 응답 없음',
  '"{1}" is kept in the file but Weir cannot run it: run it in Alloy, or start with --skip-unsupported':
    '"{1}"은(는) 파일에 보관되지만 Weir가 실행하지 못합니다. Alloy에서 실행하거나 --skip-unsupported로 시작하세요',
  '{1} is not base64: it contains {2}': '{1}은(는) base64가 아닙니다. {2}이(가) 들어 있습니다',
  'unknown attribute "{1}"': '알 수 없는 속성 "{1}"',
  'unknown block "{1}"': '알 수 없는 블록 "{1}"',
  'component "{1}" is already declared above': '"{1}" 컴포넌트는 위에 이미 선언되어 있습니다',
  'component "{1}" is already declared in {2}': '"{1}" 컴포넌트는 {2}에 이미 선언되어 있습니다',
  '{1} should be a whole number: {2} is cut to {3}': '{1}은(는) 정수여야 합니다. {2}은(는) {3}(으)로 잘립니다',
  '"\\" is not an escape sequence': '"\\"은(는) 이스케이프가 아닙니다',
  '{1} is not a JSONPath: {2} at character {3}': '{1}은(는) JSONPath가 아닙니다: {3}번째 문자에서 {2}',
  'write_to has no effect in Weir: Weir creates no spans about itself; the block is kept for Alloy':
    'Weir에서 write_to는 효과가 없습니다. Weir는 자신에 대한 스팬을 만들지 않으며, 블록은 Alloy를 위해 그대로 둡니다',
  '{1} bytes queued for a former endpoint stay in {2} ({3}): configure the endpoint it was meant for again to send it, or delete the directory':
    '이전 엔드포인트의 대기열 {1}바이트가 {2}에 남아 있습니다({3}). 보내려면 원래 엔드포인트를 다시 설정하고, 아니면 디렉터리를 삭제하세요',
  'HTTP status {1} without a gRPC status. Check the port: OTLP over gRPC is usually taken on 4317, over HTTP on 4318.':
    'gRPC 상태 없이 HTTP 상태 {1}이(가) 왔습니다. 포트를 확인하세요. OTLP는 보통 gRPC면 4317, HTTP면 4318입니다.',
  'cannot listen on {1}: the port is in use by {2}': '{1}에서 수신할 수 없습니다. 포트를 쓰고 있는 것: {2}',
  'cannot listen on {1}: this user may not use the port':
    '{1}에서 수신할 수 없습니다. 이 사용자는 그 포트를 쓸 수 없습니다',
  'cannot listen on {1}: this machine has no such address':
    '{1}에서 수신할 수 없습니다. 이 컴퓨터에 그런 주소가 없습니다',
  'the Docker host "{1}" has no scheme: {2}': 'Docker 호스트 "{1}"에 스킴이 없습니다: {2}',
  'the Docker host "{1}" needs an absolute socket path: {2}':
    'Docker 호스트 "{1}"에는 소켓의 절대 경로가 필요합니다: {2}',
  'the Docker host "{1}" names no pipe: {2}': 'Docker 호스트 "{1}"에 파이프 이름이 없습니다: {2}',
  'the Docker host "{1}" uses the unknown scheme "{2}": {3}': 'Docker 호스트 "{1}"의 "{2}" 스킴을 알 수 없습니다: {3}',
  'the Docker host "{1}" is not a network address: {2}': 'Docker 호스트 "{1}"은(는) 네트워크 주소가 아닙니다: {2}',
  '{1} target found': '타깃 {1}개 찾음',
  '{1} targets found': '타깃 {1}개 찾음',
  '{1} stages': '스테이지 {1}개',
  'the disk cannot be used': '디스크를 쓸 수 없습니다',
}
