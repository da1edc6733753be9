#pragma once
#include <sqlite3.h>

// A cast of -1 to a function pointer, which Swift does not import: SQLite copies what is bound.
static inline sqlite3_destructor_type waiaas_sqlite_transient(void) { return SQLITE_TRANSIENT; }

// sqlite3_db_config is variadic, which Swift does not import. In defensive mode no SQL can write the schema table or the
// file's header by itself.
static inline int waiaas_sqlite_set_defensive(sqlite3 *connection) {
    return sqlite3_db_config(connection, SQLITE_DBCONFIG_DEFENSIVE, 1, (int *)0);
}
