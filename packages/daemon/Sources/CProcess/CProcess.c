#define _GNU_SOURCE
#include "CProcess.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/statfs.h>
#include <sys/timex.h>
#include <sys/wait.h>
#include <unistd.h>

static int argument_count;
static char **argument_list;
static pthread_t main_thread;

// The C library hands a constructor what it hands main, in the thread that runs main.
__attribute__((constructor)) static void keep_arguments(int count, char **arguments) {
    argument_count = count;
    argument_list = arguments;
    main_thread = pthread_self();
}

int waiaas_argument_count(void) { return argument_count; }
char **waiaas_arguments(void) { return argument_list; }

char **waiaas_environment(void) { return environ; }

int waiaas_name_process(const char *name) {
    const int failure = pthread_setname_np(main_thread, name);
    if (failure == 0) return 0;
    errno = failure;
    return -1;
}

int waiaas_set_dumpable(bool dumpable) { return prctl(PR_SET_DUMPABLE, dumpable ? 1L : 0L, 0L, 0L, 0L); }

int waiaas_dumpable(void) { return prctl(PR_GET_DUMPABLE, 0L, 0L, 0L, 0L); }

int waiaas_forbid_core_dumps(void) {
    const struct rlimit none = {0, 0};
    return setrlimit(RLIMIT_CORE, &none);
}

long waiaas_core_limit(void) {
    struct rlimit limit;
    return getrlimit(RLIMIT_CORE, &limit) == 0 ? (long)limit.rlim_cur : -1;
}

long waiaas_raise_descriptor_limit(unsigned long wanted) {
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return -1;
    const rlim_t target = wanted < limit.rlim_max ? wanted : limit.rlim_max;
    if (target > limit.rlim_cur) {
        limit.rlim_cur = target;
        if (setrlimit(RLIMIT_NOFILE, &limit) != 0) return -1;
    }
    return (long)limit.rlim_cur;
}

int waiaas_pipe(int *reading, int *writing) {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) return -1;
    *reading = fcntl(ends[0], F_DUPFD_CLOEXEC, 10);
    *writing = fcntl(ends[1], F_DUPFD_CLOEXEC, 10);
    const int failure = errno;
    close(ends[0]);
    close(ends[1]);
    if (*reading >= 0 && *writing >= 0) return 0;
    if (*reading >= 0) close(*reading);
    if (*writing >= 0) close(*writing);
    errno = failure;
    return -1;
}

int waiaas_close_on_exec(int descriptor) { return fcntl(descriptor, F_SETFD, FD_CLOEXEC); }

int waiaas_exit_code(int status) { return WIFEXITED(status) ? WEXITSTATUS(status) : -1; }

int waiaas_block_signals(void) {
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGHUP);
    const int failure = pthread_sigmask(SIG_BLOCK, &set, NULL);
    if (failure != 0) {
        errno = failure;
        return -1;
    }
    return signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
}

int waiaas_next_signal(int descriptor) {
    struct signalfd_siginfo info;
    const ssize_t count = read(descriptor, &info, sizeof info);
    if (count == (ssize_t)sizeof info) return (int)info.ssi_signo;
    return count < 0 && (errno == EAGAIN || errno == EINTR) ? 0 : -1;
}

unsigned long waiaas_file_system_type(const char *path) {
    struct statfs information;
    // The kernel's numbers have 32 bits; some architectures sign-extend them.
    return statfs(path, &information) == 0 ? (unsigned long)information.f_type & 0xffffffffUL : 0;
}

int waiaas_clock_is_synchronised(void) {
    struct timex state = {0};  // no mode: nothing is set
    const int answer = adjtimex(&state);
    if (answer < 0) return -1;
    return answer != TIME_ERROR && (state.status & STA_UNSYNC) == 0;
}

unsigned long waiaas_locked_memory_limit(void) {
    struct rlimit limit;
    if (getrlimit(RLIMIT_MEMLOCK, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY) return ULONG_MAX;
    return (unsigned long)limit.rlim_cur;
}

/// Starts a program with what the actions leave it of our descriptors; they and the failure so far are the caller's.
static int spawn(posix_spawn_file_actions_t *actions, int failure, const char *program, char *const *arguments,
                 char *const *environment, int *process) {
    posix_spawnattr_t attributes;
    if (failure == 0) failure = posix_spawn_file_actions_addchdir_np(actions, "/");
    if (failure == 0) failure = posix_spawnattr_init(&attributes);
    if (failure != 0) return failure;
    sigset_t none, all;
    sigemptyset(&none);
    sigfillset(&all);
    failure = posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSID | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    if (failure == 0) failure = posix_spawnattr_setsigmask(&attributes, &none);
    if (failure == 0) failure = posix_spawnattr_setsigdefault(&attributes, &all);
    if (failure == 0) failure = posix_spawn(process, program, actions, &attributes, arguments, environment);
    posix_spawnattr_destroy(&attributes);
    return failure;
}

int waiaas_spawn_detached(const waiaas_spawn *request, int *process) {
    posix_spawn_file_actions_t actions;
    int failure = posix_spawn_file_actions_init(&actions);
    if (failure != 0) return failure;
    failure = posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
    if (failure == 0)
        failure = posix_spawn_file_actions_addopen(&actions, 1, request->log, O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW, 0600);
    if (failure == 0) failure = posix_spawn_file_actions_adddup2(&actions, 1, 2);
    if (failure == 0) failure = posix_spawn_file_actions_adddup2(&actions, request->third, 3);
    if (failure == 0) failure = posix_spawn_file_actions_adddup2(&actions, request->fourth, 4);
    if (failure == 0) failure = posix_spawn_file_actions_addclosefrom_np(&actions, 5);
    failure = spawn(&actions, failure, request->program, request->arguments, request->environment, process);
    posix_spawn_file_actions_destroy(&actions);
    return failure;
}

int waiaas_spawn_child(const waiaas_child *request, int *process) {
    posix_spawn_file_actions_t actions;
    int failure = posix_spawn_file_actions_init(&actions);
    if (failure != 0) return failure;
    failure = posix_spawn_file_actions_adddup2(&actions, request->input, 0);
    if (failure == 0) failure = posix_spawn_file_actions_adddup2(&actions, request->output, 1);
    if (failure == 0) failure = posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
    if (failure == 0) failure = posix_spawn_file_actions_addclosefrom_np(&actions, 3);
    failure = spawn(&actions, failure, request->program, request->arguments, request->environment, process);
    posix_spawn_file_actions_destroy(&actions);
    return failure;
}
