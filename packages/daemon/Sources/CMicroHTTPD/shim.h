// What Swift cannot say to GNU libmicrohttpd itself: Swift imports no variadic C function, and the library's entry points for options
// and for facts about a connection are variadic. Each function below is one such call with its types fixed, and nothing else.
#ifndef WAIAAS_CMICROHTTPD_SHIM_H
#define WAIAAS_CMICROHTTPD_SHIM_H

#include <microhttpd.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdint.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>

/// The settings that WaiaasHTTP uses; `context` is given back to every callback as its first argument.
struct waiaas_mhd_settings {
    unsigned int threads;
    unsigned int connections;
    size_t pool_bytes;
    MHD_AccessHandlerCallback on_request;
    void *(*on_target)(void *context, const char *target, struct MHD_Connection *connection);
    MHD_RequestCompletedCallback on_completed;
    MHD_NotifyConnectionCallback on_connection;
    void *context;
};

/// Leaves percent escapes alone, so that the handler sees the path as it was sent; its signature is the library's.
static inline size_t waiaas_mhd_keep_escapes(void *context, struct MHD_Connection *connection, char *text) {
    (void)context;
    (void)connection;
    return strlen(text);
}

/// MHD_start_daemon is variadic. The daemon has no listening socket: connections are handed over with MHD_add_connection.
/// MHD_USE_ERROR_LOG is not set, so the library writes nothing anywhere.
static inline struct MHD_Daemon *waiaas_mhd_start(const struct waiaas_mhd_settings *settings) {
    struct MHD_OptionItem options[] = {
        {MHD_OPTION_CONNECTION_LIMIT, (intptr_t)settings->connections, NULL},
        {MHD_OPTION_CONNECTION_MEMORY_LIMIT, (intptr_t)settings->pool_bytes, NULL},
        {MHD_OPTION_CONNECTION_TIMEOUT, 0, NULL},
        // Strict, the library closes without an answer where a space is in the target, and sends the head of its 400 twice where Host is
        // missing; RequestHead refuses both.
        {MHD_OPTION_STRICT_FOR_CLIENT, 0, NULL},
        {MHD_OPTION_UNESCAPE_CALLBACK, (intptr_t)&waiaas_mhd_keep_escapes, NULL},
        {MHD_OPTION_URI_LOG_CALLBACK, (intptr_t)settings->on_target, settings->context},
        {MHD_OPTION_NOTIFY_COMPLETED, (intptr_t)settings->on_completed, settings->context},
        {MHD_OPTION_NOTIFY_CONNECTION, (intptr_t)settings->on_connection, settings->context},
        // A pool of one thread is refused by the library; without the option it has exactly one.
        {settings->threads > 1 ? MHD_OPTION_THREAD_POOL_SIZE : MHD_OPTION_END, (intptr_t)settings->threads, NULL},
        {MHD_OPTION_END, 0, NULL},
    };
    return MHD_start_daemon(
        MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_NO_LISTEN_SOCKET | MHD_USE_ITC, 0, NULL, NULL,
        settings->on_request, settings->context, MHD_OPTION_ARRAY, options, MHD_OPTION_END);
}

/// MHD_get_connection_info is variadic. The pointer is what on_connection stored when the connection began.
static inline void *waiaas_mhd_socket_context(struct MHD_Connection *connection) {
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    return info == NULL ? NULL : info->socket_context;
}

/// MHD_get_connection_info is variadic.
static inline int waiaas_mhd_descriptor(struct MHD_Connection *connection) {
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
    return info == NULL ? -1 : info->connect_fd;
}

/// MHD_get_connection_info is variadic. Bytes from the method to the empty line, both counted; 0 before the head is whole.
static inline size_t waiaas_mhd_head_bytes(struct MHD_Connection *connection) {
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE);
    return info == NULL ? 0 : info->header_size;
}

/// `struct ucred` exists only under _GNU_SOURCE, which Swift's import does not define. Returns 0, or -1 with errno set.
static inline int waiaas_peer_uid(int descriptor, uint32_t *uid) {
    struct {
        int32_t pid;
        uint32_t uid;
        uint32_t gid;
    } credentials;
    socklen_t length = sizeof credentials;
    if (getsockopt(descriptor, SOL_SOCKET, SO_PEERCRED, &credentials, &length) != 0) {
        return -1;
    }
    *uid = credentials.uid;
    return 0;
}

/// The count of bytes that TCP has received on `descriptor`, or 0. glibc's `struct tcp_info` ends before this field and the kernel's own
/// header cannot be included beside glibc's; the layout up to it is the kernel's ABI (linux/tcp.h, since 4.1).
static inline uint64_t waiaas_received_bytes(int descriptor) {
    struct {
        uint8_t state[8];
        uint32_t counters[24];
        uint64_t pacing_rate;
        uint64_t max_pacing_rate;
        uint64_t bytes_acked;
        uint64_t bytes_received;
    } info;
    socklen_t length = sizeof info;
    if (getsockopt(descriptor, IPPROTO_TCP, 11 /* TCP_INFO */, &info, &length) != 0 || length < sizeof info) {
        return 0;
    }
    return info.bytes_received;
}

/// accept4 is declared only under _GNU_SOURCE; the two flags spare three system calls and a window in which a child could inherit.
extern int accept4(int descriptor, struct sockaddr *address, socklen_t *length, int flags);

/// dup3 is declared only under _GNU_SOURCE; with dup2 a child could inherit.
extern int dup3(int descriptor, int number, int flags);

/// pthread_setname_np is declared only under _GNU_SOURCE.
extern int pthread_setname_np(pthread_t thread, const char *name);

#endif
