// libraries: -lsqlite3
// Two processes, one byte string of 512 to and fro over a Unix socket: socket FOLDER COUNT.
#include "bench.h"
#include <sys/socket.h>

static void whole(int fd, char *bytes, int writing) {
  for (int done = 0; done < BODY;) {
    ssize_t n = writing ? write(fd, bytes + done, BODY - done) : read(fd, bytes + done, BODY - done);
    if (n <= 0) exit(0);
    done += n;
  }
}

int main(int argc, char **argv) {
  int count = atoi(argv[2]), ends[2];
  char body[BODY] = {0};
  CHECK(socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == 0);
  if (child() == 0)
    for (;;) { whole(ends[1], body, 0); whole(ends[1], body, 1); }
  double *times = malloc(count * sizeof *times), started = now();
  for (int i = 0; i < count; i++) {
    double asked = now();
    whole(ends[0], body, 1);
    whole(ends[0], body, 0);
    times[i] = now() - asked;
  }
  report(times, count, count, started);
}
