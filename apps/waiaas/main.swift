import Glibc
import WaiaasCLI
import WaiaasCore
import WaiaasDaemon

// The one binary: the command line, with the daemon's implementation of what works on data directories.
let tool = CommandLineTool(local: LocalDataDirectory(arguments: CommandLine.arguments))
exit(await tool.run(arguments: Array(CommandLine.arguments.dropFirst())).rawValue)
