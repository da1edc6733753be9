import Foundation
import WaiaasTransport

/// nginx that answers every request with one fixed answer: the floor of what an HTTP server costs.
final class NginxServer {
    private let folder: ScratchFolder
    private let server: RunningProgram
    /// Where it answers.
    let address: String

    /// Starts nginx with an answer of the same status, header fields and body as another one.
    init(answering answer: HTTPAnswer) async throws(ToolError) {
        folder = try ScratchFolder()
        let port = try FreePort.find()
        address = "http://127.0.0.1:\(port)"
        let configuration = try folder.write("nginx.conf", Self.configuration(answer, folder: folder.path, port: port))
        server = try RunningProgram("nginx", ["-p", folder.path, "-c", configuration, "-e", "\(folder.path)/error.log"])
        try await Probe.waitUntilAnswering(address, server)
    }

    deinit { server.stop() }

    /// The processor time of its workers, in seconds.
    func processorSeconds() throws(ToolError) -> Double {
        var sum = 0.0
        for worker in try ProcessUse(id: server.id).children { sum += try worker.processorSeconds() }
        return sum
    }

    /// Fields that nginx adds by itself are not given to it a second time.
    private static let own: Set<String> = ["content-length", "content-type", "date", "connection", "server", "keep-alive"]

    private static func configuration(_ answer: HTTPAnswer, folder: String, port: UInt16) -> String {
        let fields = answer.headers.filter { !own.contains($0.name) }.map { "add_header \($0.name) '\($0.value)';" }
        return """
            daemon off;
            worker_processes auto;
            pid \(folder)/nginx.pid;
            events { worker_connections 1024; }
            http {
                access_log off;
                keepalive_requests 1000000000;
                client_body_temp_path \(folder)/body; proxy_temp_path \(folder)/proxy; fastcgi_temp_path \(folder)/fastcgi;
                uwsgi_temp_path \(folder)/uwsgi; scgi_temp_path \(folder)/scgi;
                server {
                    listen 127.0.0.1:\(port);
                    location / {
                        default_type \(answer.header("content-type") ?? "application/json");
                        \(fields.joined(separator: "\n            "))
                        return \(answer.status) '\(String(decoding: answer.body, as: UTF8.self))';
                    }
                }
            }
            """
    }
}
