using System.Diagnostics;
using System.Globalization;

namespace Ledger.Benchmarks.Peers;

/// <summary>A program that runs as a child of this one, its output in a log, and is stopped by a signal.</summary>
public sealed class ChildProgram : IAsyncDisposable
{
    private const int LogLines = 8;

    /// <summary>One that does not end by then is killed: nothing that it holds is needed any more.</summary>
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(15);

    private readonly Process process;
    private readonly string name;
    private readonly string stopSignal;
    private readonly string log;

    private ChildProgram(Process process, string name, string stopSignal, string log)
    {
        this.process = process;
        this.name = name;
        this.stopSignal = stopSignal;
        this.log = log;
    }

    /// <summary>Its process.</summary>
    public int Id => process.Id;

    /// <summary>Starts it. The shell is replaced by the program, so that the process is the program itself.</summary>
    public static ChildProgram Start(string name, string stopSignal, string log, params IReadOnlyList<string> command)
    {
        ProcessStartInfo start = new("/bin/sh") { UseShellExecute = false };
        string[] all = ["-c", "log=\"$1\"; shift; exec \"$@\" >>\"$log\" 2>&1 </dev/null", "sh", log, .. command];
        foreach (string argument in all)
        {
            start.ArgumentList.Add(argument);
        }

        return new ChildProgram(Process.Start(start)!, name, stopSignal, log);
    }

    /// <summary>Runs a program to its end; fails with its output when it does not succeed.</summary>
    public static async Task<string> RunAsync(string folder, string program, params IReadOnlyList<string> arguments)
    {
        ProcessStartInfo start = new(program)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["DEBIAN_FRONTEND"] = "noninteractive", ["LC_ALL"] = "C" },
        };
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        string errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? await output
            : throw new BenchmarkException(
                $"{program} {string.Join(' ', arguments)} failed: {(await output).Trim()} {errors.Trim()}");
    }

    /// <summary>Throws with the end of its log where it has ended.</summary>
    public void RequireRunning()
    {
        if (process.HasExited)
        {
            string[] lines = File.Exists(log) ? [.. File.ReadLines(log).TakeLast(LogLines)] : ["(no log)"];
            throw new BenchmarkException($"{name} has ended. The end of {log}:\n{string.Join('\n', lines)}");
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            using Process signal = Process.Start(
                "/bin/kill", [stopSignal, process.Id.ToString(CultureInfo.InvariantCulture)]);
            await signal.WaitForExitAsync();
            if (await Task.WhenAny(process.WaitForExitAsync(), Task.Delay(StopPatience)) is { } ended
                && !process.HasExited)
            {
                await ended;
                process.Kill(entireProcessTree: true);
                await process.WaitForExitAsync();
            }
        }

        process.Dispose();
    }
}
