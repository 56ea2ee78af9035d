// libraries: -lsqlite3
// How many FULL commits of one row of 512 bytes a second: commits FOLDER COUNT.
#include "bench.h"

int main(int argc, char **argv) {
  char path[200], body[BODY] = {0};
  int count = atoi(argv[2]);
  snprintf(path, sizeof path, "%s/commits.sqlite", argv[1]);
  sqlite3 *db = store(path, "CREATE TABLE item (number INTEGER PRIMARY KEY, body BLOB)");
  sqlite3_stmt *insert = prepare(db, "INSERT INTO item (body) VALUES (?)");
  double *times = malloc(count * sizeof *times), started = now();
  for (int i = 0; i < count; i++) {
    double begun = now();
    sqlite3_bind_blob(insert, 1, body, BODY, SQLITE_STATIC);
    step(insert);
    times[i] = now() - begun;
  }
  report(times, count, count, started);
}
