// What Swift cannot import of the C library by itself: variadic functions, macros, GNU extensions, and globals that it takes for
// shared state. The header names no type of the system, so that it never disagrees with Swift's own view of those headers.
#ifndef WAIAAS_CPROCESS_H
#define WAIAAS_CPROCESS_H

#include <stdbool.h>

/// What the process was called with. Swift's own list is found by looking beside the environment, which a preloaded library may
/// have moved by then; it is empty in that case.
int waiaas_argument_count(void);
char **waiaas_arguments(void);

/// `environ`: the environment's entries, ended by NULL.
char **waiaas_environment(void);

/// Names the process for ps and pgrep: the main thread, whichever thread calls (PR_SET_NAME would name the calling one). At most 15
/// bytes. To be called before the process is closed to others, which takes the right to. -1 and errno on failure.
int waiaas_name_process(const char *name);

/// Whether other processes of the user may read this one's memory, and whether it may leave a core file. -1 and errno on failure.
int waiaas_set_dumpable(bool dumpable);
int waiaas_dumpable(void);

/// Sets RLIMIT_CORE to 0. -1 and errno on failure.
int waiaas_forbid_core_dumps(void);
/// The soft RLIMIT_CORE.
long waiaas_core_limit(void);

/// Raises the soft RLIMIT_NOFILE towards wanted, as far as the hard one allows. Returns what it is then; -1 and errno on failure.
long waiaas_raise_descriptor_limit(unsigned long wanted);

/// A pipe whose ends close at exec and have numbers from 10 on, clear of those that a spawned process is given. -1 and errno on failure.
int waiaas_pipe(int *reading, int *writing);
/// Makes a descriptor close at exec.
int waiaas_close_on_exec(int descriptor);

/// The exit code in a wait status; -1 if a signal ended the process.
int waiaas_exit_code(int status);

/// A non-blocking signalfd for SIGTERM, SIGINT and SIGHUP, which the calling thread, and every thread it makes, blocks from now on.
int waiaas_block_signals(void);
/// The next signal that a signalfd holds: 0 when it holds none, -1 and errno on an error.
int waiaas_next_signal(int descriptor);

/// The type of the file system that holds a path (statfs); 0 and errno on failure.
unsigned long waiaas_file_system_type(const char *path);

/// Whether the kernel says that something keeps the clock right (adjtimex): 1 yes, 0 no, -1 it does not say.
int waiaas_clock_is_synchronised(void);

/// The soft RLIMIT_MEMLOCK in bytes; ULONG_MAX for none, and where it cannot be read.
unsigned long waiaas_locked_memory_limit(void);

/// What a spawned process gets.
typedef struct waiaas_spawn {
    const char *program;
    char *const *arguments;
    char *const *environment;
    /// Its standard output and error; created with mode 0600.
    const char *log;
    /// Open descriptors, both at least 10, that become 3 and 4.
    int third;
    int fourth;
} waiaas_spawn;

/// Starts a program as the leader of a session of its own, in the root directory, with no signal blocked or ignored, standard input
/// empty, and no descriptor of this process but the two. Returns 0 or an error number.
int waiaas_spawn_detached(const waiaas_spawn *request, int *process);

/// What a program gets that is run for one piece of work.
typedef struct waiaas_child {
    const char *program;
    char *const *arguments;
    char *const *environment;
    /// Open descriptors, both at least 10, that become its standard input and output. Its standard error goes nowhere.
    int input;
    int output;
} waiaas_child;

/// Starts a program as waiaas_spawn_detached does, with a standard input and output of ours. Returns 0 or an error number.
int waiaas_spawn_child(const waiaas_child *request, int *process);

#endif
