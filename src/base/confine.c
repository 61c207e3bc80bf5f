#include "base/confine.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

/* ---- files: Landlock, by its numbers, which older headers lack ---- */

enum {
  CREATE_RULESET = 444,
  ADD_RULE = 445,
  RESTRICT_SELF = 446,
  VERSION_FLAG = 1,
  PATH_RULE = 1,
  REFER_FROM = 2, /* versions that know more */
  TRUNCATE_FROM = 3,
  NET_FROM = 4,
  DEVICES_FROM = 5
};

enum {
  EXECUTE = 1 << 0,
  READ_FILE = 1 << 2,
  READ_FOLDER = 1 << 3,
  ALL_FIRST = (1 << 13) - 1, /* what version 1 knows */
  REFER = 1 << 13,
  TRUNCATE = 1 << 14,
  DEVICES = 1 << 15,
  TCP_BOTH = 3
};

typedef struct ruleset {
  uint64_t files, net;
} ruleset;

typedef struct path_rule {
  uint64_t allowed;
  int32_t folder;
} __attribute__((packed)) path_rule;

static void allow(int rules, const char *path, uint64_t what) {
  int fd = open(path, O_PATH | O_CLOEXEC);
  path_rule rule = {what, fd};
  if (fd < 0) return;
  syscall(ADD_RULE, rules, PATH_RULE, &rule, 0);
  close(fd);
}

/* What may still be started, confined like this program, and what loads it: the reader of PDF. */
static const char *const READERS[] = {"/usr/bin/pdftotext", "/usr/local/bin/pdftotext", "/lib64/ld-linux-x86-64.so.2",
                                      "/lib/ld-linux-aarch64.so.1"};

static int confine_files(const char *writable) {
  long version = syscall(CREATE_RULESET, NULL, 0, VERSION_FLAG);
  if (version < 1) return 0;
  ruleset handled = {.files = ALL_FIRST | (version >= REFER_FROM ? REFER : 0) |
                              (version >= TRUNCATE_FROM ? TRUNCATE : 0) | (version >= DEVICES_FROM ? DEVICES : 0),
                     .net = version >= NET_FROM ? TCP_BOTH : 0};
  int rules = (int)syscall(CREATE_RULESET, &handled, version >= NET_FROM ? sizeof handled : sizeof handled.files, 0);
  if (rules < 0) return 0;
  allow(rules, "/", READ_FILE | READ_FOLDER);
  for (size_t i = 0; i < sizeof READERS / sizeof *READERS; i++) allow(rules, READERS[i], EXECUTE | READ_FILE);
  if (writable) allow(rules, writable, handled.files & ~(uint64_t)EXECUTE);
  int done = syscall(RESTRICT_SELF, rules, 0) == 0 ? HSY_CONFINED_FILES : 0;
  close(rules);
  return done;
}

/* ---- calls: seccomp ---- */

#if defined(__x86_64__)
#define ARCHITECTURE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define ARCHITECTURE AUDIT_ARCH_AARCH64
#endif

#ifdef ARCHITECTURE
#define REFUSE(call)                                                                                                   \
  BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (call), 0, 1), BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM)

/* `starts`: which programs may be started was said otherwise. */
static int confine_calls(bool starts) {
  uint32_t execve = starts ? SECCOMP_RET_ALLOW : SECCOMP_RET_ERRNO | EPERM;
  struct sock_filter filter[] = {
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, arch)),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, ARCHITECTURE, 1, 0),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM), /* another machine's numbers mean other calls */
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
#ifdef __x86_64__
      BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, 0x40000000, 0, 1), /* nor the numbers of x32 */
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM),
#endif
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_execve, 0, 1),
      BPF_STMT(BPF_RET | BPF_K, execve),
      REFUSE(SYS_execveat),
      REFUSE(SYS_socket),
      REFUSE(SYS_socketpair),
      REFUSE(SYS_connect),
      REFUSE(SYS_bind),
      REFUSE(SYS_ptrace),
      REFUSE(SYS_process_vm_readv),
      REFUSE(SYS_process_vm_writev),
      REFUSE(SYS_mount),
      REFUSE(SYS_umount2),
      REFUSE(SYS_pivot_root),
      REFUSE(SYS_chroot),
      REFUSE(SYS_unshare),
      REFUSE(SYS_setns),
      REFUSE(SYS_init_module),
      REFUSE(SYS_finit_module),
      REFUSE(SYS_kexec_load),
      REFUSE(SYS_bpf),
      REFUSE(SYS_perf_event_open),
      REFUSE(SYS_userfaultfd),
      REFUSE(SYS_add_key),
      REFUSE(SYS_keyctl),
      REFUSE(425 /* io_uring_setup */),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
  };
  struct sock_fprog program = {sizeof filter / sizeof *filter, filter};
  return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0 ? HSY_CONFINED_CALLS : 0;
}
#else
static int confine_calls(bool starts) {
  (void)starts;
  return 0;
}
#endif

int hsy_confine(const char *writable) {
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)) return 0;
  int files = confine_files(writable);
  return files | confine_calls(files != 0);
}
