import Glibc
import WaiaasCLI
import WaiaasCore
import WaiaasDaemon

// The one binary: the command line, with the daemon's implementation of what works on data directories.
let local = LocalDataDirectory()
let tool = CommandLineTool(local: local)
exit(await tool.run(arguments: Array(local.arguments.dropFirst())).rawValue)
