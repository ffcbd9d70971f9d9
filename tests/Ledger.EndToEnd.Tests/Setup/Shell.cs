using System.Diagnostics;
using Ledger.EndToEnd.Tests.Support;

namespace Ledger.EndToEnd.Tests.Setup;

/// <summary>Runs the commands of a page as somebody would who has installed <c>ledger-node</c>.</summary>
public sealed class Shell
{
    private readonly string programs;

    public Shell(TestFolder folder)
    {
        programs = folder.File("bin");
        Directory.CreateDirectory(programs);
        string program = Path.Combine(programs, "ledger-node");
        File.WriteAllText(program, $"#!/bin/sh\nexec dotnet '{ProgramRun.NodeProgram}' \"$@\"\n");
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute);
    }

    /// <summary>Runs commands in a machine's folder; they must succeed.</summary>
    public async Task<ProgramRun> RunAsync(string machine, string commands) =>
        (await ProgramRun.RunAsync(Prepare(machine, commands))).Done();

    /// <summary>Starts commands that do not end by themselves.</summary>
    public Process Start(string machine, string commands) => Process.Start(Prepare(machine, commands))!;

    private ProcessStartInfo Prepare(string machine, string commands)
    {
        Directory.CreateDirectory(machine);
        ProcessStartInfo start = new("/bin/sh", ["-e", "-c", commands]) { WorkingDirectory = machine };
        start.Environment["PATH"] = programs + ":" + Environment.GetEnvironmentVariable("PATH");
        return start;
    }
}
