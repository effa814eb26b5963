/* Stands in for Loki, Tempo, Mimir, Prometheus, Grafana and Alloy in tests of the stack: one static binary that listens on their
 * ports, answers their health and write endpoints, keeps what it was sent on its volume and finds a trace id in it again.
 *
 * usage: backend NAME DATA_DIR MARK [flags of the real program, of which -config.file= must name a readable file]
 * A config of Alloy (*.alloy) makes it listen on every 0.0.0.0:PORT in it; its metrics tell of ten samples sent a second.
 * MARK is written into DATA_DIR/mark at start; "broken" refuses to start, "fleeting" ends with code 4 after two
 * seconds.
 * GET /crash ends it with code 3. */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <time.h>
#include <unistd.h>

enum { LARGEST = 8 * 1024 * 1024 };
static const char *name, *dir;
static char request[LARGEST + 1];
static time_t started_at;

static void quit(int signal) {
  (void)signal;
  _exit(0);
}

static void put(int to, const char *bytes, size_t length) {
  while (length > 0) {
    ssize_t sent = write(to, bytes, length);
    if (sent <= 0) return;
    bytes += sent;
    length -= (size_t)sent;
  }
}

static void answer(int to, int status, const char *body) {
  char head[256];
  int length = snprintf(head, sizeof head,
                        "HTTP/1.1 %d X\r\nContent-Type: application/json\r\nContent-Length: %zu\r\nConnection: close\r\n\r\n",
                        status, strlen(body));
  put(to, head, (size_t)length);
  put(to, body, strlen(body));
}

static void path_of(char *path, size_t size, const char *file) { snprintf(path, size, "%s/%s", dir, file); }

/* Appends to the volume; 0 when it is full. */
static int keep(const char *bytes, size_t length) {
  char path[256];
  path_of(path, sizeof path, "written");
  FILE *file = fopen(path, "ab");
  if (file == NULL) return 0;
  size_t written = fwrite(bytes, 1, length, file);
  return fclose(file) == 0 && written == length;
}

/* Whether 32 hexadecimal digits were sent, as text or as 16 bytes. */
static int holds(const char *id) {
  static char stored[LARGEST];
  char path[256], raw[16];
  path_of(path, sizeof path, "written");
  FILE *file = fopen(path, "rb");
  if (file == NULL) return 0;
  size_t length = fread(stored, 1, sizeof stored, file);
  fclose(file);
  for (int i = 0; i < 16; i++) {
    unsigned byte;
    if (sscanf(id + 2 * i, "%2x", &byte) != 1) return 0;
    raw[i] = (char)byte;
  }
  for (size_t i = 0; i + 16 <= length; i++) {
    if (memcmp(stored + i, raw, 16) == 0) return 1;
    if (i + 32 <= length && strncasecmp(stored + i, id, 32) == 0) return 1;
  }
  return 0;
}

/* Asks Docker's DNS server for an address, which proves that names of the network resolve. */
static int resolve(const char *host, struct in_addr *found) {
  unsigned char query[512] = {0x57, 0x52, 1, 0, 0, 1}, reply[512];
  size_t at = 12;
  size_t size = strlen(host);
  query[at++] = (unsigned char)size;
  memcpy(query + at, host, size);
  at += size + 1;
  query[at + 1] = 1;
  query[at + 3] = 1;
  at += 4;
  int to = socket(AF_INET, SOCK_DGRAM, 0);
  struct sockaddr_in server = {.sin_family = AF_INET, .sin_port = htons(53)};
  inet_aton("127.0.0.11", &server.sin_addr);
  sendto(to, query, at, 0, (struct sockaddr *)&server, sizeof server);
  struct pollfd wait = {to, POLLIN, 0};
  ssize_t length = poll(&wait, 1, 2000) == 1 ? recv(to, reply, sizeof reply, 0) : 0;
  close(to);
  if (length < (ssize_t)at + 16 || reply[7] == 0) return 0;
  memcpy(found, reply + length - 4, 4);
  return 1;
}

/* Grafana's data source proxy: the rest of the path goes to the backend, by its name in the network. */
static void proxy(int to, const char *host, int port, const char *path) {
  static char reply[65536];
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((unsigned short)port)};
  if (!resolve(host, &address.sin_addr)) return answer(to, 502, "{\"message\":\"no such host\"}");
  int from = socket(AF_INET, SOCK_STREAM, 0);
  if (connect(from, (struct sockaddr *)&address, sizeof address) != 0) {
    close(from);
    return answer(to, 502, "{\"message\":\"refused\"}");
  }
  char head[4096];
  int length = snprintf(head, sizeof head, "GET %.3000s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n", path, host);
  put(from, head, (size_t)length);
  for (ssize_t got; (got = read(from, reply, sizeof reply)) > 0;) put(to, reply, (size_t)got);
  close(from);
}

static const char *find_id(const char *path) {
  for (const char *at = path; *at != '\0'; at++) {
    size_t digits = strspn(at, "0123456789abcdef");
    /* Digits of an escaped quote may stand before it. */
    if (digits >= 32) return at + digits - 32;
  }
  return NULL;
}

static void get(int to, const char *path) {
  char body[1024];
  if (strncmp(path, "/crash", 6) == 0) {
    fprintf(stderr, "level=error msg=\"told to crash\"\n");
    _exit(3);
  }
  if (strncmp(path, "/ready", 6) == 0 || strncmp(path, "/-/ready", 8) == 0 || strncmp(path, "/api/health", 11) == 0) {
    return answer(to, 200, strcmp(name, "grafana") == 0 ? "{\"database\":\"ok\"}" : "ready");
  }
  if (strncmp(path, "/metrics", 8) == 0) {
    snprintf(body, sizeof body, "# TYPE prometheus_remote_storage_samples_total counter\nprometheus_remote_storage_samples_total{url=\"a\"} %ld\n",
             10L * (long)(time(NULL) - started_at));
    return answer(to, 200, body);
  }
  const char *uid = strstr(path, "/proxy/uid/");
  if (uid != NULL) {
    uid += strlen("/proxy/uid/");
    if (strncmp(uid, "loki/", 5) == 0) return proxy(to, "loki", 3100, uid + 4);
    if (strncmp(uid, "tempo/", 6) == 0) return proxy(to, "tempo", 3200, uid + 5);
    if (strncmp(uid, "metrics/", 8) == 0) return proxy(to, "mimir", 9009, uid + 7);
  }
  if (strstr(path, "query_exemplars") != NULL) {
    /* The id is not in the question: the newest that was stored is told. */
    static char stored[LARGEST];
    char file[256];
    path_of(file, sizeof file, "written");
    FILE *written = fopen(file, "rb");
    size_t length = written == NULL ? 0 : fread(stored, 1, sizeof stored - 1, written);
    if (written != NULL) fclose(written);
    const char *id = NULL;
    for (size_t i = 0; i + 32 <= length; i++)
      if (strspn(stored + i, "0123456789abcdef") >= 32) id = stored + i, i += 31;
    if (id == NULL) return answer(to, 200, "{\"status\":\"success\",\"data\":[]}");
    snprintf(body, sizeof body, "{\"status\":\"success\",\"data\":[{\"exemplars\":[{\"labels\":{\"trace_id\":\"%.32s\"}}]}]}", id);
    return answer(to, 200, body);
  }
  const char *id = find_id(path);
  int there = id != NULL && holds(id);
  if (strstr(path, "/api/v2/traces/") != NULL)
    return answer(to, there ? 200 : 404, there ? "{\"trace\":{\"service\":\"weir-proof\"}}" : "{}");
  if (strstr(path, "query_range") != NULL) {
    return answer(to, 200, there ? "{\"data\":{\"result\":[{}]}}" : "{\"data\":{\"result\":[]}}");
  }
  answer(to, 404, "{}");
}

static void serve(int to) {
  size_t length = 0, need = 0;
  char *body = NULL;
  while (length < LARGEST) {
    ssize_t got = read(to, request + length, LARGEST - length);
    if (got <= 0) return;
    length += (size_t)got;
    request[length] = '\0';
    if (body == NULL && (body = strstr(request, "\r\n\r\n")) != NULL) {
      body += 4;
      char *header = strcasestr(request, "\r\ncontent-length:");
      need = header != NULL && header < body ? (size_t)atol(header + 17) : 0;
    }
    if (body != NULL && length >= (size_t)(body - request) + need) break;
  }
  if (body == NULL) return;
  char *path = strchr(request, ' ');
  if (path == NULL) return;
  *strchr(++path, ' ') = '\0';
  if (request[0] == 'G') return get(to, path);
  if (!keep(body, need)) {
    fprintf(stderr, "level=error msg=\"write failed\" err=\"%s\"\n", strerror(errno));
    answer(to, 500, "no space left on device");
    _exit(1);
  }
  answer(to, strstr(path, "/loki/") != NULL ? 204 : 200, strstr(path, "/loki/") != NULL ? "" : "{}");
}

static int listen_on(int port) {
  int server = socket(AF_INET, SOCK_STREAM, 0), on = 1;
  setsockopt(server, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((unsigned short)port)};
  if (bind(server, (struct sockaddr *)&address, sizeof address) != 0 || listen(server, 64) != 0) {
    perror("listen");
    _exit(1);
  }
  return server;
}

int main(int argc, char **argv) {
  if (argc < 4) return 2;
  name = argv[1];
  dir = argv[2];
  signal(SIGTERM, quit);
  signal(SIGPIPE, SIG_IGN);
  for (int i = 4; i < argc; i++) {
    const char *file = strstr(argv[i], "config.file=");
    if (file != NULL && access(file + strlen("config.file="), R_OK) != 0) {
      fprintf(stderr, "failed parsing config: %s: %s\n", file, strerror(errno));
      return 1;
    }
  }
  if (strcmp(argv[3], "broken") == 0) {
    fprintf(stderr, "level=error msg=\"cannot read the new format\"\n");
    return 1;
  }
  char path[256];
  path_of(path, sizeof path, "mark");
  FILE *mark = fopen(path, "w");
  if (mark == NULL) {
    fprintf(stderr, "level=error msg=\"open %s: %s\"\n", path, strerror(errno));
    return 1;
  }
  fputs(argv[3], mark);
  fclose(mark);
  fprintf(stderr, "level=info msg=\"%s %s listens\"\n", name, argv[3]);
  enum { MOST_PORTS = 8 };
  struct pollfd servers[MOST_PORTS];
  nfds_t count = 0;
  started_at = time(NULL);
  static const struct { const char *name; int port; } ports[] = {
      {"loki", 3100}, {"tempo", 3200}, {"tempo", 4317}, {"tempo", 4318}, {"mimir", 9009}, {"prometheus", 9090}, {"grafana", 3000}, {"alloy", 12345}};
  for (size_t i = 0; i < sizeof ports / sizeof *ports; i++)
    if (strcmp(name, ports[i].name) == 0) servers[count++] = (struct pollfd){listen_on(ports[i].port), POLLIN, 0};
  for (int i = 4; i < argc; i++) {
    const char *end = strrchr(argv[i], '.');
    FILE *config = end != NULL && strcmp(end, ".alloy") == 0 ? fopen(argv[i], "r") : NULL;
    if (config == NULL) continue;
    request[fread(request, 1, LARGEST, config)] = '\0';
    fclose(config);
    for (char *at = request; (at = strstr(at, "0.0.0.0:")) != NULL && count < MOST_PORTS;)
      servers[count++] = (struct pollfd){listen_on(atoi(at += strlen("0.0.0.0:"))), POLLIN, 0};
  }
  time_t ends_at = strcmp(argv[3], "fleeting") == 0 ? time(NULL) + 2 : 0;
  for (;;) {
    if (ends_at != 0 && time(NULL) >= ends_at) return 4;
    if (poll(servers, count, 200) < 0) continue;
    for (nfds_t i = 0; i < count; i++) {
      if ((servers[i].revents & POLLIN) == 0) continue;
      int to = accept(servers[i].fd, NULL, NULL);
      struct timeval patience = {5, 0};
      setsockopt(to, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
      serve(to);
      close(to);
    }
  }
}
