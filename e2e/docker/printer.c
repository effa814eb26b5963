/* Prints numbered lines and stays until it is told to stop.
 * usage: printer LABEL COUNT MICROSECONDS_BETWEEN LONG_EVERY
 * Every third line goes to stderr; every LONG_EVERYth line (0: none) is 40,000 bytes long. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static void quit(int signal) {
  (void)signal;
  _exit(0);
}

static void put(int channel, const char *text, size_t length) {
  while (length > 0) {
    ssize_t written = write(channel, text, length);
    if (written < 0) _exit(1);
    text += written;
    length -= (size_t)written;
  }
}

int main(int argc, char **argv) {
  static char line[50000];
  if (argc < 5) return 2;
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  long count = atol(argv[2]), pause = atol(argv[3]), longEvery = atol(argv[4]);
  signal(SIGTERM, quit);
  for (long i = 0; i < count; i++) {
    int length = snprintf(line, 400, "%s life %ld%09ld line %ld of %ld ", argv[1], (long)now.tv_sec, now.tv_nsec, i, count);
    int size = longEvery > 0 && i % longEvery == longEvery - 1 ? 40000 : length + (int)(i * 37 % 120);
    memset(line + length, 'x', (size_t)(size - length));
    line[size] = '\n';
    put(i % 3 == 2 ? 2 : 1, line, (size_t)size + 1);
    if (pause > 0) usleep((useconds_t)pause);
  }
  put(1, "done without newline", strlen("done without newline"));
  for (;;) sleep(3600);
}
