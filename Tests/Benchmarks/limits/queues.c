// libraries: -lhiredis -lsqlite3
// Two brokers with our batch: queues redis|beanstalkd SOCKET|PORT FOLDER alone|boxed COUNT BATCH RATE.
//
// A producer and a consumer process. `boxed` puts the same outbox and inbox around the broker as our services have:
// the producer commits its rows, sends them, and settles them with the next batch; the consumer commits an inbox row
// and an effect for each, then acknowledges. With RATE 0 batches go as fast as they can; else one message at a time.
// A time is from the producer's commit (alone: from before it is sent) to the consumer's (alone: to its arrival).
#include "bench.h"
#include <arpa/inet.h>
#include <hiredis/hiredis.h>
#include <netinet/tcp.h>

static redisContext *redis;
static FILE *in, *out;  // beanstalkd
static int is_redis;
static char body[BODY + 1];

static void open_broker(const char *address) {
  if (is_redis) {
    redis = redisConnectUnix(address);
    CHECK(redis && !redis->err);
    return;
  }
  struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(atoi(address)), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  int fd = socket(AF_INET, SOCK_STREAM, 0), yes = 1;
  CHECK(connect(fd, (struct sockaddr *)&to, sizeof to) == 0);
  setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
  in = fdopen(fd, "r");
  out = fdopen(dup(fd), "w");
}

static redisReply *reply(void) {
  redisReply *r;
  CHECK(redisGetReply(redis, (void **)&r) == REDIS_OK && r->type != REDIS_REPLY_ERROR);
  return r;
}

// The body begins with the message's number.
static void put(int first, int n) {
  for (int i = first; i < first + n; i++) {
    char number[12];
    snprintf(number, sizeof number, "%011d", i);
    memcpy(body, number, 11);
    if (is_redis) redisAppendCommand(redis, "XADD s * b %b", body, (size_t)BODY);
    else fprintf(out, "put 0 0 600 %d\r\n%s\r\n", BODY, body);
  }
  if (!is_redis) fflush(out);
  for (int i = 0; i < n; i++) {
    char line[100];
    if (is_redis) freeReplyObject(reply());
    else CHECK(fgets(line, sizeof line, in) && strncmp(line, "INSERTED", 8) == 0);
  }
}

// Takes up to `batch`, waiting for the first; their ids and numbers.
static int take(int batch, char (*ids)[32], int *numbers) {
  int n = 0;
  if (is_redis) {
    redisAppendCommand(redis, "XREADGROUP GROUP g c COUNT %d BLOCK 0 STREAMS s >", batch);
    redisReply *r = reply(), *items = r->element[0]->element[1];
    for (; n < (int)items->elements; n++) {
      strncpy(ids[n], items->element[n]->element[0]->str, 31);
      numbers[n] = atoi(items->element[n]->element[1]->element[1]->str);
    }
    freeReplyObject(r);
    return n;
  }
  fprintf(out, "reserve\r\n");
  for (int i = 1; i < batch; i++) fprintf(out, "reserve-with-timeout 0\r\n");
  fflush(out);
  for (int i = 0; i < batch; i++) {
    char line[100], job[BODY + 3];
    CHECK(fgets(line, sizeof line, in));
    if (strncmp(line, "RESERVED", 8) != 0) continue;
    sscanf(line, "RESERVED %31s", ids[n]);
    CHECK(fread(job, 1, BODY + 2, in) == BODY + 2);
    numbers[n++] = atoi(job);
  }
  return n;
}

static void acknowledge(int n, char (*ids)[32]) {
  if (is_redis) {
    const char **words = malloc((n + 3) * sizeof *words);
    words[0] = "XACK"; words[1] = "s"; words[2] = "g";
    for (int i = 0; i < n; i++) words[i + 3] = ids[i];
    redisAppendCommandArgv(redis, n + 3, words, NULL);
    free(words);
    freeReplyObject(reply());
    return;
  }
  for (int i = 0; i < n; i++) fprintf(out, "delete %s\r\n", ids[i]);
  fflush(out);
  for (int i = 0; i < n; i++) {
    char line[100];
    CHECK(fgets(line, sizeof line, in) && strncmp(line, "DELETED", 7) == 0);
  }
}

int main(int argc, char **argv) {
  is_redis = strcmp(argv[1], "redis") == 0;
  int boxed = strcmp(argv[4], "boxed") == 0, count = atoi(argv[5]), batch = atoi(argv[6]), rate = atoi(argv[7]);
  double *begun = shared(count * sizeof *begun), *ended = shared(count * sizeof *ended);
  char path[200];
  memset(body, 'x', BODY);
  if (is_redis) {
    open_broker(argv[2]);
    freeReplyObject(redisCommand(redis, "DEL s"));
    freeReplyObject(redisCommand(redis, "XGROUP CREATE s g $ MKSTREAM"));
    redisFree(redis);
  }
  pid_t consumer = child();
  if (consumer == 0) {
    open_broker(argv[2]);
    sqlite3 *db = NULL;
    sqlite3_stmt *inbox = NULL, *effect = NULL;
    if (boxed) {
      snprintf(path, sizeof path, "%s/inbox.sqlite", argv[3]);
      db = store(path, "CREATE TABLE inbox (id INTEGER PRIMARY KEY, hash BLOB); CREATE TABLE effect (number INTEGER PRIMARY KEY, key TEXT);");
      inbox = prepare(db, "INSERT INTO inbox VALUES (?, zeroblob(32))");
      effect = prepare(db, "INSERT INTO effect (key) VALUES (?)");
    }
    char (*ids)[32] = malloc(batch * sizeof *ids);
    int *numbers = malloc(batch * sizeof *numbers);
    for (int done = 0; done < count;) {
      int n = take(batch, ids, numbers);
      if (boxed) {
        sql(db, "BEGIN IMMEDIATE");
        for (int i = 0; i < n; i++) {
          sqlite3_bind_int(inbox, 1, numbers[i]); step(inbox);
          sqlite3_bind_int(effect, 1, numbers[i]); step(effect);
        }
        sql(db, "COMMIT");
      }
      double moment = now();
      for (int i = 0; i < n; i++) ended[numbers[i]] = moment;
      acknowledge(n, ids);
      done += n;
    }
    exit(0);
  }
  open_broker(argv[2]);
  sqlite3 *db = NULL;
  sqlite3_stmt *outbox = NULL, *settle = NULL;
  if (boxed) {
    snprintf(path, sizeof path, "%s/outbox.sqlite", argv[3]);
    db = store(path, "CREATE TABLE outbox (sequence INTEGER PRIMARY KEY, body BLOB, state INTEGER DEFAULT 0); CREATE INDEX pending ON outbox (sequence) WHERE state = 0;");
    outbox = prepare(db, "INSERT INTO outbox (sequence, body) VALUES (?, ?)");
    settle = prepare(db, "UPDATE outbox SET state = 1 WHERE sequence >= ? AND sequence < ?");
  }
  usleep(100000);
  double started = now();
  int size = rate ? 1 : batch, before = 0;
  for (int first = 0; first < count; first += size) {
    int n = count - first < size ? count - first : size;
    if (rate) {
      double due = started + first * 1e6 / rate;
      if (due > now()) usleep(due - now());
    }
    if (boxed) {
      sql(db, "BEGIN IMMEDIATE");
      if (before) { sqlite3_bind_int(settle, 1, first - before); sqlite3_bind_int(settle, 2, first); step(settle); }
      for (int i = first; i < first + n; i++) {
        sqlite3_bind_int(outbox, 1, i); sqlite3_bind_blob(outbox, 2, body, BODY, SQLITE_STATIC); step(outbox);
      }
      sql(db, "COMMIT");
      before = n;
    }
    double moment = now();
    for (int i = first; i < first + n; i++) begun[i] = moment;
    put(first, n);
  }
  if (boxed) { sqlite3_bind_int(settle, 1, count - before); sqlite3_bind_int(settle, 2, count); step(settle); }
  int status;
  waitpid(consumer, &status, 0);
  CHECK(status == 0);
  double *times = malloc(count * sizeof *times);
  for (int i = 0; i < count; i++) times[i] = ended[i] - begun[i];
  report(times, count, count, started);
}
