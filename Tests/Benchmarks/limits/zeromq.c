// libraries: -lzmq -lsqlite3
// libzmq's limit: DEALER and ROUTER with CURVE over ipc, two processes: zeromq FOLDER COUNT IN-FLIGHT COMMIT.
// With COMMIT 1 the server stores a row in a FULL commit of its own before each answer.
#include "bench.h"
#include <zmq.h>

int main(int argc, char **argv) {
  int count = atoi(argv[2]), in_flight = atoi(argv[3]), commits = atoi(argv[4]), yes = 1, zero = 0;
  char endpoint[200], path[200], public_key[41], secret_key[41], mine[41], my_secret[41];
  snprintf(endpoint, sizeof endpoint, "ipc://%s/limit", argv[1]);
  snprintf(path, sizeof path, "%s/limit.sqlite", argv[1]);
  CHECK(zmq_curve_keypair(public_key, secret_key) == 0 && zmq_curve_keypair(mine, my_secret) == 0);
  if (child() == 0) {
    sqlite3_stmt *insert = NULL;
    if (commits) insert = prepare(store(path, "CREATE TABLE reply (number INTEGER PRIMARY KEY, body BLOB)"),
                                  "INSERT INTO reply (body) VALUES (?)");
    void *router = zmq_socket(zmq_ctx_new(), ZMQ_ROUTER);
    zmq_setsockopt(router, ZMQ_CURVE_SERVER, &yes, sizeof yes);
    zmq_setsockopt(router, ZMQ_CURVE_SECRETKEY, secret_key, 41);
    CHECK(zmq_bind(router, endpoint) == 0);
    for (;;) {
      zmq_msg_t route, body;
      zmq_msg_init(&route); zmq_msg_init(&body);
      CHECK(zmq_msg_recv(&route, router, 0) >= 0 && zmq_msg_recv(&body, router, 0) == BODY);
      if (commits) {
        sqlite3_bind_blob(insert, 1, zmq_msg_data(&body), BODY, SQLITE_STATIC);
        step(insert);
      }
      CHECK(zmq_msg_send(&route, router, ZMQ_SNDMORE) >= 0 && zmq_msg_send(&body, router, 0) >= 0);
    }
  }
  void *dealer = zmq_socket(zmq_ctx_new(), ZMQ_DEALER);
  zmq_setsockopt(dealer, ZMQ_LINGER, &zero, sizeof zero);
  zmq_setsockopt(dealer, ZMQ_CURVE_SERVERKEY, public_key, 41);
  zmq_setsockopt(dealer, ZMQ_CURVE_PUBLICKEY, mine, 41);
  zmq_setsockopt(dealer, ZMQ_CURVE_SECRETKEY, my_secret, 41);
  CHECK(zmq_connect(dealer, endpoint) == 0);
  char body[BODY] = {0};
  double *times = malloc(count * sizeof *times), *asked = malloc((count + in_flight) * sizeof *asked), started = 0;
  int sent = 0, warm = -200;
  for (int i = warm; i < count; i++) {  // the warm-up is one at a time
    if (i == 0) started = now();
    while (i < 0 ? sent < i - warm + 1 : sent < count - warm && sent < i - warm + in_flight) {
      if (sent + warm >= 0) asked[sent + warm] = now();
      CHECK(zmq_send(dealer, body, BODY, 0) == BODY);
      sent++;
    }
    CHECK(zmq_recv(dealer, body, BODY, 0) == BODY);
    if (i >= 0) times[i] = now() - asked[i];
  }
  report(times, count, count, started);
}
