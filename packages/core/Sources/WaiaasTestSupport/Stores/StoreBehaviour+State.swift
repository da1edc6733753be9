import WaiaasCore

extension StoreBehaviour {
    static let state = [
        StoreBehaviour("a single value is stored, replaced and removed") { store in
            try expect(try await store.read { try $0.state(.masterKey) }, nil)
            for value in ["first", "", "zweiter Wert: 'ü' \u{1F511}", nil] {
                try await store.write { try $0.setState(.masterKey, to: value) }
                try expect(try await store.read { try $0.state(.masterKey) }, value)
            }
        },
        StoreBehaviour("values of different names do not touch each other") { store in
            try await store.write { transaction in
                for name in StateName.allCases { try transaction.setState(name, to: name.rawValue) }
                try transaction.setState(.auditKey, to: nil)
            }
            for name in StateName.allCases {
                try expect(try await store.read { try $0.state(name) }, name == .auditKey ? nil : name.rawValue)
            }
        },
    ]

    static let lockouts = [
        StoreBehaviour("the count of wrong passwords is kept for each address, and forgotten alone") { store in
            let locked = Lockout(failures: 5, lockedUntil: Sample.start)
            try await store.write { transaction in
                try transaction.setLockout(Lockout(failures: 1, lockedUntil: nil), for: "127.0.0.1")
                try transaction.setLockout(Lockout(failures: 2, lockedUntil: nil), for: "::1")
                try transaction.setLockout(locked, for: "127.0.0.1")
            }
            try expect(
                try await store.read { try $0.lockouts() }, ["127.0.0.1": locked, "::1": Lockout(failures: 2, lockedUntil: nil)])
            try await store.write { try $0.setLockout(nil, for: "127.0.0.1") }
            try expect(try await store.read { try $0.lockouts() }, ["::1": Lockout(failures: 2, lockedUntil: nil)])
        }
    ]
}
