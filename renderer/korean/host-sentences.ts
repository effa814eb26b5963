// What the host says: failures of files, of the collector, of the session, of questions to the backends.
import type { Sentences } from './dictionary.ts'

export const hostSentences: Sentences = {
  'The secret was not kept.': '비밀 값을 보관하지 않았습니다.',
  'Weir keeps {1} secrets at most.': 'Weir가 보관하는 비밀 값은 최대 {1}개입니다.',
  'Delete one that is not used any more.': '더 이상 쓰지 않는 것을 삭제하세요.',
  'No keyring answers: without one a secret would lie on disk as good as open. Install and unlock GNOME Keyring or KWallet, or use sys.env("NAME") in the config.':
    '응답하는 키링이 없습니다. 키링이 없으면 비밀 값이 디스크에 드러난 것이나 다름없습니다. GNOME Keyring이나 KWallet을 설치해 잠금을 풀거나, 설정에서 sys.env("NAME")을 쓰세요.',
  'The keychain of the operating system does not answer. Unlock it, then start Weir again.':
    '운영 체제의 키체인이 응답하지 않습니다. 잠금을 푼 뒤 Weir를 다시 시작하세요.',
  'it ended with code {1}': '코드 {1}(으)로 끝났습니다',
  'The page asked for something Weir does not know.': '페이지가 Weir가 모르는 것을 요청했습니다.',
  'Start Weir again; if that does not help, install it again.':
    'Weir를 다시 시작하세요. 그래도 안 되면 다시 설치하세요.',
  'no config has been applied yet': '아직 적용된 설정이 없습니다',
  'Apply one before a reload.': '다시 읽기 전에 먼저 설정을 적용하세요.',
  'The collector failed: {1}': '수집기가 실패했습니다: {1}',
  'The log may say more.': '로그에 더 자세한 내용이 있을 수 있습니다.',
  'it ended with {1}': '{1}(으)로 끝났습니다',
  'The collector does not run.': '수집기가 실행 중이 아닙니다.',
  'There is no component "{1}" that runs.': '실행 중인 컴포넌트 중에 "{1}"이(가) 없습니다.',
  '"{1}" has no target {2} any more.': '"{1}"에 타깃 {2}이(가) 더 이상 없습니다.',
  'Choose one of its targets as they are now.': '지금 있는 타깃 중에서 고르세요.',
  'Start it, then look again.': '시작한 뒤 다시 보세요.',
  'Apply the config that has it, then look again.': '그 컴포넌트가 있는 설정을 적용한 뒤 다시 보세요.',
  'The collector was stopped meanwhile.': '그사이 수집기가 멈췄습니다.',
  'The collector ended unexpectedly. {1}': '수집기가 예기치 않게 끝났습니다. {1}',
  'Try again once it runs; its log may say more.':
    '다시 실행되면 한 번 더 시도하세요. 로그에 더 자세한 내용이 있을 수 있습니다.',
  '{1} is not a regular file': '{1}은(는) 일반 파일이 아닙니다',
  'Name a config file, or a directory of .alloy files.': '설정 파일이나 .alloy 파일이 든 디렉터리를 지정하세요.',
  '{1} has {2} bytes, more than the 16 MiB a config may have':
    '{1}의 크기는 {2}바이트로, 설정의 한도 16 MiB를 넘습니다',
  'Check that the path is right.': '경로가 맞는지 확인하세요.',
  'Then run the command again.': '그런 다음 명령을 다시 실행하세요.',
  '{1} may not be read by this user': '이 사용자는 {1} 파일을 읽을 수 없습니다',
  'Check its permissions.': '권한을 확인하세요.',
  '{1} does not exist': '{1} 파일이 없습니다',
  'Check the path of the config.': '설정의 경로를 확인하세요.',
  'Weir does not answer.': 'Weir가 응답하지 않습니다.',
  'Weir stopped answering.': 'Weir의 응답이 끊겼습니다.',
  'Start it again if it does not come back by itself, then try once more.':
    '저절로 돌아오지 않으면 다시 시작한 뒤 한 번 더 시도하세요.',
  'user name and secret have fields of their own, and may not stand in an address':
    '사용자 이름과 비밀 값은 따로 입력하는 칸이 있으므로 주소에 넣을 수 없습니다',
  'the answer is not JSON': '응답이 JSON이 아닙니다',
  '{1} answered with more than 64 MiB': '{1}의 응답이 64 MiB를 넘습니다',
  'Ask for a shorter time range or a narrower query.': '더 짧은 시간 범위나 더 좁은 쿼리로 물어보세요.',
  'did not answer in time': '제때 응답하지 않았습니다',
  'cannot be reached: {1}': '연결할 수 없습니다: {1}',
  '{1} at {2} did not answer in time': '{2}의 {1}이(가) 제때 응답하지 않았습니다',
  '{1} at {2} cannot be reached: {3}': '{2}의 {1}에 연결할 수 없습니다: {3}',
  'See under Stack whether it runs, and start it.': '스택 화면에서 실행 중인지 확인하고 시작하세요.',
  '{1} refused the query ({2}): {3}': '{1}이(가) 쿼리를 거부했습니다({2}): {3}',
  '{1} refused the query ({2}): without a reason': '{1}이(가) 이유 없이 쿼리를 거부했습니다({2})',
  'Change the query as it says.': '응답에 적힌 대로 쿼리를 고치세요.',
  'nothing runs here that keeps {1}': '여기에는 {1} 저장소가 실행되고 있지 않습니다',
  'Start the local stack under Stack.': '스택 화면에서 로컬 스택을 시작하세요.',
  'Weir runs in a browser here: only the desktop app can reach the keychain of the operating system. Use sys.env("NAME") or local.file in the config.':
    'Weir가 브라우저에서 실행 중입니다. 운영 체제의 키체인은 데스크톱 앱에서만 쓸 수 있습니다. 설정에서 sys.env("NAME")이나 local.file을 쓰세요.',
  'The secret was not kept: there is no keychain.': '키체인이 없어 비밀 값을 보관하지 않았습니다.',
  'the order was cancelled': '작업이 취소되었습니다',
  'Try again.': '다시 시도하세요.',
  'the stack has no endpoints yet': '스택에 아직 엔드포인트가 없습니다',
  'Fill in the addresses of Loki, Tempo and Mimir.': 'Loki, Tempo, Mimir의 주소를 입력하세요.',
  'Then open it again.': '그런 다음 다시 여세요.',
  'the file changed on disk': '디스크의 파일이 바뀌었습니다',
  'The text was not written to {1}: it holds characters a config file cannot have.':
    '설정 파일에 쓸 수 없는 문자가 있어 {1}에 쓰지 않았습니다.',
  'Remove NUL characters and halves of characters, then save again.': 'NUL 문자와 깨진 문자를 지운 뒤 다시 저장하세요.',
  'Name a config file.': '설정 파일을 지정하세요.',
  '{1} has {2} bytes, more than the 8 MiB a config may have here':
    '{1}의 크기는 {2}바이트로, 여기서 설정의 한도인 8 MiB를 넘습니다',
  '{1} cannot be read: {2}': '{1} 파일을 읽을 수 없습니다: {2}',
  'Check the path.': '경로를 확인하세요.',
  '{1} was not written: {2}. What was there is untouched.':
    '{1} 파일을 쓰지 못했습니다: {2}. 있던 내용은 그대로입니다.',
  'Save it under another name, or change the permissions of the file.':
    '다른 이름으로 저장하거나 파일의 권한을 바꾸세요.',
  'Free some space on that disk, then save again.': '그 디스크의 공간을 비운 뒤 다시 저장하세요.',
  'The folder does not exist: make it, or choose another.': '폴더가 없습니다. 만들거나 다른 폴더를 고르세요.',
  'Save it under another name.': '다른 이름으로 저장하세요.',
  '{1} cannot be listed: {2}': '{1}의 목록을 볼 수 없습니다: {2}',
  'Choose another folder.': '다른 폴더를 고르세요.',
  'This config has no file yet.': '이 설정에는 아직 파일이 없습니다.',
  'Choose where to save it.': '저장할 곳을 고르세요.',
  'The places of the nodes were not saved beside {1}: {2}': '노드의 위치를 {1} 옆에 저장하지 못했습니다: {2}',
  'The config itself is not affected. Make its folder writable to keep the layout.':
    '설정 자체에는 영향이 없습니다. 배치를 보관하려면 폴더에 쓸 수 있게 하세요.',
  'The page was not built.': '페이지가 빌드되지 않았습니다.',
  'Run "npm run build" in the checkout, then try again.': '소스 폴더에서 "npm run build"를 실행한 뒤 다시 시도하세요.',
  'Open the address that "weir ui" printed when it started; it ends in a token.':
    '"weir ui"가 시작할 때 출력한 주소로 여세요. 주소 끝에 토큰이 있습니다.',
  'The path cannot be read.': '경로를 읽을 수 없습니다.',
  'This takes GET only.': 'GET만 받습니다.',
  'There is nothing here.': '여기에는 아무것도 없습니다.',
  'A socket needs an Origin.': '소켓에는 Origin이 필요합니다.',
  'There is no socket here.': '여기에는 소켓이 없습니다.',
  'Weir serves {1} windows at a time. Close one.': 'Weir는 동시에 창 {1}개까지 지원합니다. 하나를 닫으세요.',
  'Refused: {1}.': '거부됨: {1}.',
  'Weir failed at "{1}".': '"{1}" 처리 중에 Weir가 실패했습니다.',
  'This is a defect of Weir. The terminal or the log it was started with says more.':
    'Weir의 결함입니다. 시작한 터미널이나 로그에 더 자세한 내용이 있습니다.',
  'arguments: {1}': '인수: {1}',
  '"{1}" was asked wrongly: {2}': '"{1}" 요청이 올바르지 않습니다: {2}',
  'Reload the window; if that does not help, the page and Weir are of different versions.':
    '창을 다시 여세요. 그래도 안 되면 페이지와 Weir의 버전이 다른 것입니다.',
  'This Weir does not know "{1}".': '이 Weir는 "{1}"을(를) 모릅니다.',
  'Reload the window: the page may be of another version than Weir.':
    '창을 다시 여세요. 페이지와 Weir의 버전이 다를 수 있습니다.',
  'A window may have {1} {2} at a time.': '창 하나의 {2} 수는 동시에 {1}개까지입니다.',
  'Wait until some are over, or reload the window.': '일부가 끝날 때까지 기다리거나 창을 다시 여세요.',
}
