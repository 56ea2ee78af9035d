// libraries: -lpthread
// A mail server that takes everything and keeps nothing, and a bare client that hands it mails over so many
// connections: what a notifier can be compared with.
//
//     mail FOLDER serve           prints its port, and serves until it is ended
//     mail FOLDER send PORT COUNT CONNECTIONS BYTES
#include <arpa/inet.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static void fail(const char *what) {
  perror(what);
  exit(1);
}

static struct sockaddr_in loopback(int port) {
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

static void say(int socket, const char *text) {
  if (write(socket, text, strlen(text)) < 0) pthread_exit(NULL);
}

// One conversation: lines until DATA, then bytes until the dot.
static void *converse(void *argument) {
  int socket = (int)(long)argument;
  char buffer[65536];
  size_t held = 0;
  int is_data = 0;
  say(socket, "220 bench\r\n");
  for (;;) {
    ssize_t count = read(socket, buffer + held, sizeof buffer - 1 - held);
    if (count <= 0) break;
    held += count;
    buffer[held] = 0;
    for (;;) {
      if (is_data) {
        char *end = strstr(buffer, "\r\n.\r\n");
        if (!end) {
          // The end may be cut in two.
          size_t keep = held < 4 ? held : 4;
          memmove(buffer, buffer + held - keep, keep + 1);
          held = keep;
          break;
        }
        size_t used = end + 5 - buffer;
        memmove(buffer, buffer + used, held - used + 1);
        held -= used;
        is_data = 0;
        say(socket, "250 taken\r\n");
        continue;
      }
      char *end = strstr(buffer, "\r\n");
      if (!end) break;
      if (!strncasecmp(buffer, "DATA", 4)) {
        is_data = 1;
        say(socket, "354 go on\r\n");
      } else if (!strncasecmp(buffer, "EHLO", 4)) {
        say(socket, "250-bench\r\n250 SIZE\r\n");
      } else if (!strncasecmp(buffer, "QUIT", 4)) {
        say(socket, "221 bye\r\n");
      } else {
        say(socket, "250 ok\r\n");
      }
      size_t used = end + 2 - buffer;
      memmove(buffer, buffer + used, held - used + 1);
      held -= used;
    }
  }
  close(socket);
  return NULL;
}

static _Noreturn void serve(void) {
  int listener = socket(AF_INET, SOCK_STREAM, 0);
  struct sockaddr_in address = loopback(0);
  socklen_t size = sizeof address;
  if (bind(listener, (void *)&address, size) || listen(listener, 64)) fail("listen");
  getsockname(listener, (void *)&address, &size);
  printf("port %d\n", ntohs(address.sin_port));
  fflush(stdout);
  for (;;) {
    int connection = accept(listener, NULL, NULL);
    if (connection < 0) fail("accept");
    pthread_t thread;
    if (pthread_create(&thread, NULL, converse, (void *)(long)connection)) fail("thread");
    pthread_detach(thread);
  }
}

static int port, each;
static char *mail;

static void expect(int socket, char code) {
  char reply[512];
  ssize_t count = read(socket, reply, sizeof reply);
  if (count <= 0 || reply[0] != code) fail("a reply");
}

static void *hand_over(void *unused) {
  (void)unused;
  int connection = socket(AF_INET, SOCK_STREAM, 0);
  struct sockaddr_in address = loopback(port);
  if (connect(connection, (void *)&address, sizeof address)) fail("connect");
  expect(connection, '2');
  say(connection, "EHLO bench\r\n");
  expect(connection, '2');
  for (int number = 0; number < each; number++) {
    say(connection, "MAIL FROM:<a@example.se>\r\n");
    expect(connection, '2');
    say(connection, "RCPT TO:<b@example.se>\r\n");
    expect(connection, '2');
    say(connection, "DATA\r\n");
    expect(connection, '3');
    say(connection, mail);
    expect(connection, '2');
  }
  say(connection, "QUIT\r\n");
  close(connection);
  return NULL;
}

int main(int count, char **arguments) {
  if (count == 3 && !strcmp(arguments[2], "serve")) serve();
  if (count != 7) return 2;
  port = atoi(arguments[3]);
  int mails = atoi(arguments[4]), connections = atoi(arguments[5]), bytes = atoi(arguments[6]);
  each = mails / connections;
  // Ended by the dot, and sent at once.
  mail = malloc(bytes + 6);
  memset(mail, 'x', bytes);
  for (int at = 76; at + 2 < bytes; at += 78) memcpy(mail + at, "\r\n", 2);
  strcpy(mail + bytes, "\r\n.\r\n");
  pthread_t threads[64];
  struct timespec began, ended;
  clock_gettime(CLOCK_MONOTONIC, &began);
  for (int number = 0; number < connections; number++) pthread_create(&threads[number], NULL, hand_over, NULL);
  for (int number = 0; number < connections; number++) pthread_join(threads[number], NULL);
  clock_gettime(CLOCK_MONOTONIC, &ended);
  double seconds = (ended.tv_sec - began.tv_sec) + (ended.tv_nsec - began.tv_nsec) / 1e9;
  printf("{\"perSecond\": %.0f}\n", each * connections / seconds);
}
