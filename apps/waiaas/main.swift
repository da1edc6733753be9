import Glibc
import WaiaasCLI
import WaiaasCore
import WaiaasDaemon

// The one binary: the command line, with the daemon's implementation of what works on data directories.
SystemConsole.reserveDescriptors()
let local = LocalDataDirectory()
let tool = CommandLineTool(local: local)
let arguments = Array(local.arguments.dropFirst())

// No `await` here: an asynchronous main ends in libdispatch's wait for signals, which unblocks them on this thread, and then SIGTERM
// would end the process before the daemon could stop. So the work has a task of its own, and this thread waits with its mask as it is.
Task.detached { [tool, arguments] in exit(await tool.run(arguments: arguments).rawValue) }
while true { pause() }
