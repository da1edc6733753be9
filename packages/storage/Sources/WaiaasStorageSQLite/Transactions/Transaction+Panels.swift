import WaiaasCore

/// Each kind has statements of its own on a table of its own.
extension Transaction {
    func panel(_ key: PanelKey) throws(StoreError) -> Panel? {
        var panel: Panel?
        switch key {
        case .user(let user, let id):
            try connection.forEach(
                of: "user_sessions",
                "SELECT life, template, arguments, created_at, expires_at FROM user_sessions WHERE user_id = ? AND id = ?", user, id
            ) { (row: inout Row) throws(StoreError) in panel = try Panel(key, reading: &row) }
        case .public(let id):
            try connection.forEach(
                of: "public_sessions", "SELECT life, template, arguments, created_at, expires_at FROM public_sessions WHERE id = ?", id
            ) { (row: inout Row) throws(StoreError) in panel = try Panel(key, reading: &row) }
        }
        return panel
    }

    func forEachPanel(_ body: (Panel) -> Void) throws(StoreError) {
        try connection.forEach(
            of: "user_sessions", "SELECT user_id, id, life, template, arguments, created_at, expires_at FROM user_sessions"
        ) { (row: inout Row) throws(StoreError) in
            let (user, id): (UserID, PanelID) = (try row.next(), try row.next())
            body(try Panel(.user(user, id), reading: &row))
        }
        try connection.forEach(
            of: "public_sessions", "SELECT id, life, template, arguments, created_at, expires_at FROM public_sessions"
        ) { (row: inout Row) throws(StoreError) in
            let id: PanelID = try row.next()
            body(try Panel(.public(id), reading: &row))
        }
    }

    func panelCount(in space: PanelSpace) throws(StoreError) -> Int {
        switch space {
        case .user(let user): Int(try connection.number(of: "SELECT count(*) FROM user_sessions WHERE user_id = ?", user))
        case .public: Int(try connection.number(of: "SELECT count(*) FROM public_sessions"))
        }
    }

    func insert(_ panel: Panel) throws(StoreError) -> Bool {
        switch panel.key {
        case .user(let user, let id):
            try connection.run(
                """
                INSERT INTO user_sessions (user_id, id, life, template, arguments, created_at, expires_at) VALUES (?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (user_id, id) DO NOTHING
                """, user, id, panel.life, panel.template, panel.arguments, panel.createdAt, panel.expiresAt) == 1
        case .public(let id):
            try connection.run(
                """
                INSERT INTO public_sessions (id, life, template, arguments, created_at, expires_at) VALUES (?, ?, ?, ?, ?, ?)
                ON CONFLICT (id) DO NOTHING
                """, id, panel.life, panel.template, panel.arguments, panel.createdAt, panel.expiresAt) == 1
        }
    }

    func update(_ panel: Panel) throws(StoreError) -> Bool {
        switch panel.key {
        case .user(let user, let id):
            try connection.run(
                "UPDATE user_sessions SET template = ?, arguments = ? WHERE user_id = ? AND id = ? AND life = ?", panel.template,
                panel.arguments, user, id, panel.life) == 1
        case .public(let id):
            try connection.run(
                "UPDATE public_sessions SET template = ?, arguments = ? WHERE id = ? AND life = ?", panel.template, panel.arguments, id,
                panel.life) == 1
        }
    }

    func removePanel(_ key: PanelKey, life: Identifier<Panel>) throws(StoreError) -> Bool {
        switch key {
        case .user(let user, let id):
            try connection.run("DELETE FROM user_sessions WHERE user_id = ? AND id = ? AND life = ?", user, id, life) == 1
        case .public(let id): try connection.run("DELETE FROM public_sessions WHERE id = ? AND life = ?", id, life) == 1
        }
    }
}

extension Panel {
    /// Reads the columns life, template, arguments, created_at, expires_at.
    fileprivate init(_ key: PanelKey, reading row: inout Row) throws(StoreError) {
        let (life, template): (Identifier<Panel>, String) = (try row.next(), try row.next())
        self.init(
            key: key, life: life, template: template, arguments: try row.next(), createdAt: try row.next(), expiresAt: try row.next())
    }
}
