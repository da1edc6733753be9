#pragma once
// The session extension records what a transaction changes; Debian builds the library with it.
#define SQLITE_ENABLE_SESSION 1
#define SQLITE_ENABLE_PREUPDATE_HOOK 1
#include <sqlite3.h>

// A cast of -1 to a function pointer, which Swift does not import: SQLite copies what is bound.
static inline sqlite3_destructor_type waiaas_sqlite_transient(void) { return SQLITE_TRANSIENT; }

// sqlite3_db_config is variadic, which Swift does not import. In defensive mode no SQL can write the schema table or the
// file's header by itself.
static inline int waiaas_sqlite_set_defensive(sqlite3 *connection) {
    return sqlite3_db_config(connection, SQLITE_DBCONFIG_DEFENSIVE, 1, (int *)0);
}

// Whether triggers fire. They do not while recorded changes are repeated: what they did then was recorded too.
static inline int waiaas_sqlite_set_triggers(sqlite3 *connection, int on) {
    return sqlite3_db_config(connection, SQLITE_DBCONFIG_ENABLE_TRIGGER, on, (int *)0);
}

// What the system said when the last write to the database, or to its write-ahead log, failed: `sqlite3_system_errno` is overwritten by
// the rollback that follows. Called by the connection's own thread, after a failure.
static inline int waiaas_sqlite_write_errno(sqlite3 *connection, int ofLog) {
    sqlite3_file *file = 0;
    int code = 0;
    int which = ofLog ? SQLITE_FCNTL_JOURNAL_POINTER : SQLITE_FCNTL_FILE_POINTER;
    if (sqlite3_file_control(connection, "main", which, &file) != SQLITE_OK) return 0;
    if (!file || !file->pMethods) return 0;
    file->pMethods->xFileControl(file, SQLITE_FCNTL_LAST_ERRNO, &code);
    return code;
}
