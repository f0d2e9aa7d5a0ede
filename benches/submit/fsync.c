/* Counts fsync and fdatasync of every process that it is loaded into, and makes each one take longer; the real call is made first.
 *
 * SYNCS_FILE names a file of two native 64-bit numbers that all processes share: the count, and the delay in microseconds. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

struct shared {
  uint64_t count, delay;
};

static struct shared *shared;

__attribute__((constructor)) static void start(void) {
  const char *file = getenv("SYNCS_FILE");
  int fd = file ? open(file, O_RDWR | O_CLOEXEC) : -1;
  if (fd < 0) return;
  void *place = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  if (place != MAP_FAILED) shared = place;
  close(fd);
}

static int counted(int result) {
  if (!shared) return result;
  __atomic_add_fetch(&shared->count, 1, __ATOMIC_RELAXED);
  uint64_t delay = __atomic_load_n(&shared->delay, __ATOMIC_RELAXED);
  if (delay > 0) {
    struct timespec span = {(time_t)(delay / 1000000), (long)(delay % 1000000 * 1000)};
    nanosleep(&span, NULL);
  }
  return result;
}

int fsync(int fd) {
  static int (*real)(int);
  if (!real) real = (int (*)(int))dlsym(RTLD_NEXT, "fsync");
  return counted(real(fd));
}

int fdatasync(int fd) {
  static int (*real)(int);
  if (!real) real = (int (*)(int))dlsym(RTLD_NEXT, "fdatasync");
  return counted(real(fd));
}
