import Testing

/// docs/verify-a-token.md: the snippets that can be run here are, as they stand.
@Suite("How a token is verified, by the document")
struct DocumentTests {
    private static let document = Binary.repository + "/docs/verify-a-token.md"

    /// The first block of code in a language, without its fences.
    private static func snippet(_ language: String) throws -> String {
        let text = Files.text(document)
        let begin = try #require(text.firstRange(of: "```\(language)\n")?.upperBound, "\(document) has no \(language)")
        let end = try #require(text[begin...].firstRange(of: "\n```")?.lowerBound)
        return String(text[begin..<end]) + "\n"
    }

    @Test(.enabled(if: Python.isInstalled, "\(Python.missing)"), arguments: ["RS256", "ES256", "EdDSA"])
    func `the Python snippet takes a good token and no other`(algorithm: String) async throws {
        try await World.inside { world in
            let daemon = try await world.start(environment: ["WAIAAS_AUTH_ALGORITHM": algorithm])
            let login = try await daemon.login(of: "ada")
            let file = world.path("verify.py")
            try Files.write(try Self.snippet("python"), to: file)
            #expect(try await world.python(file: file, [daemon.url], input: login.access) == ["ada"])
            let own = try await daemon.ownToken(of: try await daemon.client("dashboard"))
            for other in [login.access + "x", login.refresh, "", own] {
                await #expect(throws: (any Error).self) { try await world.python(file: file, [daemon.url], input: other) }
            }
        }
    }

    @Test(.enabled(if: Binary.tool("nginx", in: ["/usr/sbin"]) != nil, "nginx is not installed"))
    func `the nginx snippet passes a user's name on, and lets nobody else through`() async throws {
        try await World.inside { world in
            let daemon = try await world.start(environment: ["WAIAAS_HTTP_HOSTS": "waiaas"])
            let login = try await daemon.login(of: "ada")
            let grant = try await daemon.grant(to: "trader")
            let (front, app) = (try Listener().port, try Listener().port)
            let configuration = """
                daemon off; worker_processes 1; pid \(world.path("nginx.pid")); error_log \(world.path("nginx.log"));
                events { worker_connections 64; }
                http {
                    access_log off;
                    client_body_temp_path \(world.path("body")); proxy_temp_path \(world.path("proxy"));
                    fastcgi_temp_path \(world.path("fastcgi")); uwsgi_temp_path \(world.path("uwsgi")); scgi_temp_path \(world.path("scgi"));
                    upstream waiaas { server 127.0.0.1:\(daemon.port); keepalive 8; }
                    upstream app { server 127.0.0.1:\(app); }
                    server { listen 127.0.0.1:\(app); location / { default_type text/plain; return 200 "user=$http_x_user,$http_x_user_kind;"; } }
                    server { listen 127.0.0.1:\(front);
                \(try Self.snippet("nginx"))
                    }
                }
                """
            try Files.write(configuration, to: world.path("nginx.conf"))
            let nginx = try #require(Binary.tool("nginx", in: ["/usr/sbin"]))
            let child = try world.spawn(nginx, ["-e", world.path("nginx.log"), "-p", world.folder, "-c", world.path("nginx.conf")])
            func ask(_ who: Credential, _ method: String = "GET", body: [UInt8]? = nil) async throws -> Reply {
                try await onThread {
                    try Connection(.network(port: front)).exchange(
                        Request(method, "/anything?x=1", [("X-User", "root"), ("X-User-Kind", "agent")], body: body, as: who))
                }
            }
            try await eventually("nginx \(child.errors) \(Files.text(world.path("nginx.log")))") { (try? await ask(.nobody)) != nil }
            #expect(try await ask(login.bearer).text == "user=ada,user;")
            #expect(try await ask(login.bearer, "POST", body: Array("a body".utf8)).text == "user=ada,user;")
            let own = try await daemon.ownToken(of: try await daemon.client("dashboard"))
            for who in [grant.credential, .bearer(token: own)] { #expect(try await ask(who).status == 403) }
            for who in [Credential.nobody, .bearer(token: login.access + "x"), login.cookie, .operator(world.password)] {
                #expect(try await ask(who).status == 401)
            }
            let out = Request("POST", "/api/auth/logout", as: login.cookie)
            #expect(try await daemon.network.send(out).status == 204)
            #expect(try await ask(login.bearer).status == 401)
            // The place of the question itself is not open from outside.
            let inside = try await onThread {
                try Connection(.network(port: front)).exchange(Request("GET", "/_waiaas", as: grant.credential))
            }
            #expect(inside.status == 404)
        }
    }
}
