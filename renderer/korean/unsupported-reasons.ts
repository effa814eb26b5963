import type { Sentences } from './dictionary.ts'

export const unsupportedReasons: Sentences = {
  'Weir does not import positions of other programs.': 'Weir는 다른 프로그램의 읽은 위치를 가져오지 않습니다.',
  'Damaged positions are left out one by one; those files are read from their beginning.':
    '손상된 위치는 하나씩 빼고, 그 파일은 처음부터 읽습니다.',
  'what is not delivered yet stays on disk until it is, however long that takes':
    '아직 전달되지 않은 것은 얼마나 걸리든 전달될 때까지 디스크에 남습니다',
  "output always goes to Weir's log": '출력은 항상 Weir의 로그로 갑니다',
  'Weir has one set of metrics, without histograms of single gRPC and HTTP calls':
    'Weir의 메트릭은 한 벌뿐이며, gRPC와 HTTP 호출별 히스토그램은 없습니다',
  'one connection is used': '연결 하나만 씁니다',
  'authentication components of otelcol do not run in Weir yet':
    'otelcol의 인증 컴포넌트는 아직 Weir에서 실행되지 않습니다',
  'the choices of the built-in TLS library are used': '내장 TLS 라이브러리가 고르는 대로 씁니다',
  'Weir reads keys from files and PEM text only': 'Weir는 파일과 PEM 텍스트의 키만 읽습니다',
  'they are read again at each new connection': '새로 연결할 때마다 다시 읽습니다',
  'a lost connection is found by the next request': '끊어진 연결은 다음 요청에서 알아챕니다',
  'Weir answers once the data is on disk': 'Weir는 데이터가 디스크에 저장되면 응답합니다',
  'the queue is always on disk': '대기열은 항상 디스크에 있습니다',
  'connections are kept as Weir sees fit': '연결은 Weir가 알아서 유지합니다',
  'buffers grow as they are needed': '버퍼는 필요한 만큼 커집니다',
  'they are read when the server starts to listen': '서버가 수신을 시작할 때 읽습니다',
  'connections are kept as the operating system keeps them': '연결은 운영 체제가 하는 대로 유지됩니다',
  'an answer is a few bytes, handed over at once': '응답은 몇 바이트뿐이며 한 번에 넘깁니다',
  'the operating system chooses the address': '주소는 운영 체제가 고릅니다',
  'signing requests for a cloud provider is not supported': '클라우드 제공자의 요청 서명은 지원하지 않습니다',
  'failed scrapes are in the log and the debug info of the component, no separate file is written':
    '실패한 스크레이프는 로그와 컴포넌트의 디버그 정보에 있으며, 따로 파일을 쓰지 않습니다',
  'the labels __type__ and __unit__ are not added': '__type__과 __unit__ 레이블은 붙이지 않습니다',
  'no zero samples are added': '0 샘플은 넣지 않습니다',
  'this collector runs alone and scrapes all targets itself':
    '이 수집기는 혼자 실행되며 모든 타깃을 직접 스크레이프합니다',
  'Weir listens on the loopback interface without TLS': 'Weir는 루프백 인터페이스에서 TLS 없이 수신합니다',
  'Weir creates no spans about itself; the block is kept for Alloy':
    'Weir는 자신에 대한 스팬을 만들지 않습니다. 블록은 Alloy를 위해 그대로 둡니다',
}
