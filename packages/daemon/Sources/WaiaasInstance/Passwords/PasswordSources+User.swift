import Glibc
import WaiaasCore
import WaiaasCrypto

/// The places the password of a user may come from: they share none with the master password, which is read beside it.
extension PasswordSources {
    /// Reads it from the file that is named, else from standard input, else at the terminal.
    ///
    /// - Parameter input: the descriptor of standard input.
    func readUserPassword(_ request: PasswordRequest, input: Int32 = STDIN_FILENO) throws(PasswordFault) -> ReadPassword {
        if let path = request.file { return try PasswordReader.read(path: path, as: .userFile(path: path)) }
        if isatty(input) == 0 { return try PasswordReader.readLine(descriptor: input, as: .userInput) }
        let first: ReadPassword
        do throws(PasswordFault) {
            first = try terminal.ask(request.prompt, as: .userPrompt)
        } catch {
            throw error == .none ? .noUserPassword : error
        }
        guard try terminal.ask("\(request.prompt), again", as: .userPrompt).bytes == first.bytes else { throw .mismatch }
        return first
    }
}
