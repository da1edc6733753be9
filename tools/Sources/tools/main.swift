import Glibc

// The developers' tool: one executable, a subcommand a job. `tools` alone lists them.
exit(await Subcommand.run(Array(CommandLine.arguments.dropFirst())))
