// What the limits and peers share: a clock, percentiles, a durable store, one line of JSON.
#pragma once
#define _GNU_SOURCE
#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define BODY 512
#define CHECK(condition) do { if (!(condition)) { fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #condition); exit(1); } } while (0)

static inline double now(void) {  // microseconds
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1e6 + t.tv_nsec / 1e3;
}

static int by_value(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

static char settings[300];  // of the process's store, as it reads them back

static void report(double *times, int timed, int count, double started) {
  double seconds = (now() - started) / 1e6;
  printf("{\"count\": %d, \"seconds\": %f, \"perSecond\": %f", count, seconds, count / seconds);
  if (timed) {
    qsort(times, timed, sizeof *times, by_value);
    printf(", \"p50\": %f, \"p99\": %f", times[timed / 2], times[(int)(timed * 0.99)]);
  }
  if (*settings) printf(", \"settings\": \"%s\"", settings);
  printf("}\n");
  fflush(stdout);
}

// Memory that a child process shares.
static inline void *shared(size_t size) {
  void *memory = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  CHECK(memory != MAP_FAILED);
  return memory;
}

// A child that ends with its parent.
static inline pid_t child(void) {
  pid_t pid = fork();
  CHECK(pid >= 0);
  if (pid == 0) prctl(PR_SET_PDEATHSIG, SIGKILL);
  return pid;
}

static inline void sql(sqlite3 *db, const char *text) { CHECK(sqlite3_exec(db, text, NULL, NULL, NULL) == SQLITE_OK); }

static int note(void *unused, int columns, char **values, char **names) {
  (void)unused; (void)columns;
  size_t length = strlen(settings);
  snprintf(settings + length, sizeof settings - length, "%s%s %s", length ? ", " : "", names[0], values[0]);
  return 0;
}

// WAL and FULL, as the product's stores; the rest is as SQLite has it.
static inline sqlite3 *store(const char *path, const char *schema) {
  sqlite3 *db;
  CHECK(sqlite3_open(path, &db) == SQLITE_OK);
  sql(db, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;");
  sql(db, schema);
  const char *read = "SELECT sqlite_version() AS SQLite; PRAGMA journal_mode; PRAGMA synchronous; PRAGMA page_size;"
                     "PRAGMA wal_autocheckpoint; PRAGMA cache_size; PRAGMA mmap_size";
  *settings = 0;
  CHECK(sqlite3_exec(db, read, note, NULL, NULL) == SQLITE_OK);
  return db;
}

static inline sqlite3_stmt *prepare(sqlite3 *db, const char *text) {
  sqlite3_stmt *statement;
  CHECK(sqlite3_prepare_v3(db, text, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL) == SQLITE_OK);
  return statement;
}

static inline void step(sqlite3_stmt *statement) {
  CHECK(sqlite3_step(statement) == SQLITE_DONE);
  sqlite3_reset(statement);
}
