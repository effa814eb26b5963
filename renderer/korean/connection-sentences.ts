// Why a connection failed, a port could not be served, a request was refused.
import type { Sentences } from './dictionary.ts'

export const connectionSentences: Sentences = {
  'Check that it is running and not overloaded; a firewall may also be dropping the packets.':
    '실행 중인지, 부하가 많지 않은지 확인하세요. 방화벽이 패킷을 버리고 있을 수도 있습니다.',
  'Renew the certificate, or correct the clock of this machine.': '인증서를 갱신하거나 이 컴퓨터의 시계를 맞추세요.',
  'Name the authority that signed it in ca_file or ca_pem.': '서명한 인증 기관을 ca_file이나 ca_pem에 지정하세요.',
  'the host name is not known': '호스트 이름을 찾을 수 없습니다',
  'Check the spelling of the host; inside containers, names of other networks do not resolve.':
    '호스트의 철자를 확인하세요. 컨테이너 안에서는 다른 네트워크의 이름을 찾을 수 없습니다.',
  'the name server gave no answer': '이름 서버가 응답하지 않았습니다',
  'Check the network connection and the name server settings of this machine.':
    '이 컴퓨터의 네트워크 연결과 이름 서버 설정을 확인하세요.',
  'the name server failed': '이름 서버가 실패했습니다',
  'Check the name server settings of this machine.': '이 컴퓨터의 이름 서버 설정을 확인하세요.',
  'the connection was refused': '연결이 거부되었습니다',
  'Nothing listens there: start the server, or correct the host and port.':
    '그곳에서 수신하는 것이 없습니다. 서버를 시작하거나 호스트와 포트를 바로잡으세요.',
  'the connection was reset by the other side': '상대가 연결을 끊었습니다',
  'Look into the log of the server or of a proxy between; it ended the connection.':
    '서버나 중간 프록시의 로그를 확인하세요. 그쪽에서 연결을 끊었습니다.',
  'the other side closed the connection while the request was being sent':
    '요청을 보내는 동안 상대가 연결을 닫았습니다',
  'Look into the log of the server; it may refuse requests of this size.':
    '서버의 로그를 확인하세요. 이 크기의 요청을 거부할 수 있습니다.',
  'there was no answer to the connection attempt': '연결 시도에 응답이 없었습니다',
  'there is no route to the host': '호스트로 가는 경로가 없습니다',
  'Check the address and the network connection.': '주소와 네트워크 연결을 확인하세요.',
  'the network is unreachable': '네트워크에 닿을 수 없습니다',
  'Check the network connection; IPv6 addresses need an IPv6 network.':
    '네트워크 연결을 확인하세요. IPv6 주소에는 IPv6 네트워크가 필요합니다.',
  'no local address or port is left to connect from': '연결에 쓸 로컬 주소나 포트가 남아 있지 않습니다',
  'Close other programs with many connections, or check the address.':
    '연결이 많은 다른 프로그램을 닫거나 주소를 확인하세요.',
  'the socket file does not exist': '소켓 파일이 없습니다',
  'Start the program that owns it (for Docker: the Docker daemon), or correct the path.':
    '소켓의 주인 프로그램(Docker라면 Docker 데몬)을 시작하거나 경로를 바로잡으세요.',
  'access was denied': '접근이 거부되었습니다',
  'Give this user access (for Docker: add it to the docker group).':
    '이 사용자에게 권한을 주세요(Docker라면 docker 그룹에 추가).',
  'the system forbids it': '시스템이 금지합니다',
  'Check firewall and sandbox rules.': '방화벽과 샌드박스 규칙을 확인하세요.',
  'this process has no file descriptor left': '이 프로세스에 남은 파일 디스크립터가 없습니다',
  'Raise the limit of open files (ulimit -n), or connect to fewer targets.':
    '열 수 있는 파일 수의 한도(ulimit -n)를 올리거나 더 적은 타깃에 연결하세요.',
  'the system has no file descriptor left': '시스템에 남은 파일 디스크립터가 없습니다',
  'Close other programs or raise the limit of open files.':
    '다른 프로그램을 닫거나 열 수 있는 파일 수의 한도를 올리세요.',
  'its certificate has expired': '인증서가 만료되었습니다',
  'its certificate is not valid yet': '인증서가 아직 유효하지 않습니다',
  'its certificate is self-signed and not trusted': '인증서가 자체 서명이어서 신뢰할 수 없습니다',
  'its certificate chain ends in an authority that is not trusted':
    '인증서 체인이 신뢰할 수 없는 인증 기관에서 끝납니다',
  'its certificate is signed by an unknown authority': '인증서를 알 수 없는 인증 기관이 서명했습니다',
  'its certificate is not signed by the authority of that name that is trusted here':
    '인증서가 여기서 신뢰하는 같은 이름의 인증 기관이 서명한 것이 아닙니다',
  'its certificate was revoked': '인증서가 폐기되었습니다',
  'Install a new certificate on the server.': '서버에 새 인증서를 설치하세요.',
  'its certificate is for another host name': '인증서가 다른 호스트 이름의 것입니다',
  'Use the name the certificate was made for, or set server_name.':
    '인증서가 만들어진 이름을 쓰거나 server_name을 설정하세요.',
  'it does not speak TLS': 'TLS를 쓰지 않습니다',
  'Use http:// (or insecure = true) if the server is meant to be plaintext; else check the port.':
    '서버가 평문을 쓴다면 http://(또는 insecure = true)를 쓰고, 아니면 포트를 확인하세요.',
  'it does not offer HTTP/1.1': 'HTTP/1.1을 제공하지 않습니다',
  'Set enable_http2 = true.': 'enable_http2 = true로 설정하세요.',
  'it refuses our TLS version': '이쪽의 TLS 버전을 거부합니다',
  'Lower min_version, or update the server.': 'min_version을 낮추거나 서버를 업데이트하세요.',
  'it only speaks TLS versions older than min_version': 'min_version보다 낮은 TLS 버전만 씁니다',
  'it asks for a client certificate': '클라이언트 인증서를 요구합니다',
  'Set cert_file and key_file (or cert_pem and key_pem).':
    'cert_file과 key_file(또는 cert_pem과 key_pem)을 설정하세요.',
  'it does not accept our client certificate': '이쪽의 클라이언트 인증서를 받아들이지 않습니다',
  'Check cert_file and key_file against the authority the server trusts.':
    'cert_file과 key_file이 서버가 신뢰하는 인증 기관의 것인지 확인하세요.',
  'it does not know the authority of our client certificate': '이쪽 클라이언트 인증서의 인증 기관을 모릅니다',
  '{1}: the TLS handshake failed ({2})': '{1}: TLS 핸드셰이크가 실패했습니다({2})',
  'Check the tls_config of both sides.': '양쪽의 tls_config를 확인하세요.',
  'no reason given': '이유 없음',
  '{1}: the connection failed ({2})': '{1}: 연결이 실패했습니다({2})',
  '{1}: the connection failed (no reason given)': '{1}: 이유 없이 연결이 실패했습니다',
  'It is tried again; see the log of the server.': '다시 시도합니다. 서버의 로그를 확인하세요.',
  'Check the port: OTLP over gRPC is usually taken on 4317, over HTTP on 4318.':
    '포트를 확인하세요. OTLP는 보통 gRPC면 4317, HTTP면 4318입니다.',
  '{1}: the answer has no gRPC status': '{1}: 응답에 gRPC 상태가 없습니다',
  '{1}: the connection ended before the answer did': '{1}: 응답이 끝나기 전에 연결이 끝났습니다',
  'If the server takes clear text, set insecure = true in the tls block; else see its log.':
    '서버가 평문을 받는다면 tls 블록에 insecure = true를 설정하고, 아니면 서버의 로그를 확인하세요.',
  'If the server speaks TLS, leave out insecure = true in the tls block; else see its log.':
    '서버가 TLS를 쓴다면 tls 블록에서 insecure = true를 빼고, 아니면 서버의 로그를 확인하세요.',
  '{1}: it does not speak gRPC ({2})': '{1}: gRPC를 쓰지 않습니다({2})',
  '{1}: the call was ended ({2})': '{1}: 호출이 끝났습니다({2})',
  '{1}: no answer within {2} s': '{1}: {2}초 안에 응답이 없습니다',
  'Check that the server is running and not overloaded.': '서버가 실행 중인지, 부하가 많지 않은지 확인하세요.',
  '{1}: the call was stopped': '{1}: 호출이 중단되었습니다',
  'Nothing; the data is still queued.': '할 일이 없습니다. 데이터는 아직 대기열에 있습니다.',
  '{1}: the answer is unusable, {2}': '{1}: 응답을 쓸 수 없습니다({2})',
  '{1}: it redirects more than {2} times': '{1}: 리디렉션이 {2}번을 넘습니다',
  'Set the URL to the final address.': 'URL을 마지막 주소로 설정하세요.',
  'the server redirects elsewhere (status {1}); set the url to the final address':
    '서버가 다른 곳으로 리디렉션합니다(상태 {1}). url을 마지막 주소로 설정하세요',
  'the server redirects to {1} (status {2}); set the url to the final address':
    '서버가 {1}(으)로 리디렉션합니다(상태 {2}). url을 마지막 주소로 설정하세요',
  'the server answered with status {1}': '서버가 상태 {1}(으)로 응답했습니다',
  'the server answered with status {1}: {2}': '서버가 상태 {1}(으)로 응답했습니다: {2}',
  'no OAuth 2 token: {1}': 'OAuth 2 토큰이 없습니다: {1}',
  'no OAuth 2 token: {1} answered with status {2}': 'OAuth 2 토큰이 없습니다: {1}이(가) 상태 {2}(으)로 응답했습니다',
  'no OAuth 2 token: {1} answered with status {2}: {3}':
    'OAuth 2 토큰이 없습니다: {1}이(가) 상태 {2}(으)로 응답했습니다: {3}',
  'Check client_id, client_secret and token_url.': 'client_id, client_secret, token_url을 확인하세요.',
  'no OAuth 2 token: {1} sent no access_token': 'OAuth 2 토큰이 없습니다: {1}이(가) access_token을 보내지 않았습니다',
  'Check token_url; it must answer with JSON.': 'token_url을 확인하세요. JSON으로 응답해야 합니다.',
  'Set the URL to the address that is meant, or set follow_redirects = false.':
    'URL을 원하는 주소로 바꾸거나 follow_redirects = false로 설정하세요.',
  'it redirects to something that is no URL': 'URL이 아닌 곳으로 리디렉션합니다',
  'it redirects to the scheme {1}': '{1} 스킴으로 리디렉션합니다',
  'it redirects from https to plaintext http': 'https에서 평문 http로 리디렉션합니다',
  'it redirects to a link-local address': '링크 로컬 주소로 리디렉션합니다',
  '{1} is in use by another process, or is no socket': '{1}은(는) 다른 프로세스가 쓰고 있거나 소켓이 아닙니다',
  'Choose another path.': '다른 경로를 고르세요.',
  'cannot listen on {1}: {2}': '{1}에서 수신할 수 없습니다: {2}',
  'Check that its folder exists and may be written to.': '폴더가 있고 쓸 수 있는지 확인하세요.',
  'another process': '다른 프로세스',
  'Stop it, or choose another port (0 picks a free one).':
    '그것을 멈추거나 다른 포트를 고르세요(0이면 빈 포트를 고릅니다).',
  'Choose a port of 1024 or above.': '1024 이상의 포트를 고르세요.',
  'Use 127.0.0.1, or 0.0.0.0 for all interfaces.': '127.0.0.1을 쓰거나, 모든 인터페이스라면 0.0.0.0을 쓰세요.',
  'Check the address.': '주소를 확인하세요.',
  'a sender without TLS came to a port with TLS; it needs https://, or over gRPC a secure connection':
    'TLS 없이 TLS 포트로 보낸 쪽이 있습니다. https://를 쓰고, gRPC라면 보안 연결을 써야 합니다',
  'a sender does not trust the certificate of this port; give it the authority that signed it':
    '이 포트의 인증서를 신뢰하지 않는 보낸 쪽이 있습니다. 서명한 인증 기관을 알려 주세요',
  'a sender came without the client certificate that client_ca_file asks for':
    'client_ca_file이 요구하는 클라이언트 인증서 없이 온 쪽이 있습니다',
  'a sender came with a client certificate that client_ca_file did not sign':
    'client_ca_file이 서명하지 않은 클라이언트 인증서로 온 쪽이 있습니다',
  'a sender speaks no TLS version that this port takes; see min_version and max_version':
    '이 포트가 받는 TLS 버전을 쓰지 않는 보낸 쪽이 있습니다. min_version과 max_version을 확인하세요',
  'a sender hung up while TLS was agreed on, as those do that do not trust the certificate':
    'TLS를 맞추는 동안 연결을 끊은 쪽이 있습니다. 인증서를 신뢰하지 않을 때 그렇습니다',
  'a sender and this port did not agree on TLS (no reason given)':
    '보낸 쪽과 이 포트가 이유 없이 TLS에 합의하지 못했습니다',
  'a sender and this port did not agree on TLS ({1})': '보낸 쪽과 이 포트가 TLS에 합의하지 못했습니다({1})',
  'a TLS server needs a certificate and its key': 'TLS 서버에는 인증서와 키가 필요합니다',
}
