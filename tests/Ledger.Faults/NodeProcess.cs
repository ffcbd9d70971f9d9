using System.Diagnostics;
using System.Globalization;
using Ledger.Devnet;
using Ledger.Node.Hosting;

namespace Ledger.Faults;

/// <summary>A node's process: its start with an environment of its own, and signals to it.</summary>
public static class NodeProcess
{
    /// <summary>Starts a node; it does not serve yet. The test folder's end ends it.</summary>
    public static void Start(DevnetNode node, IReadOnlyDictionary<string, string> environment)
    {
        File.Delete(node.ReadyFile);
        ProcessStartInfo start = new("/bin/sh")
        {
            ArgumentList =
            {
                "-c", "exec dotnet \"$1\" run --home \"$2\" >>\"$3\" 2>&1 </dev/null",
                "sh", typeof(NodeRuntime).Assembly.Location, node.Home, node.LogFile,
            },
        };
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        using Process started = Process.Start(start)!;
    }

    /// <summary>Waits until a node serves.</summary>
    public static Task ServesAsync(DevnetNode node) => Waiting.UntilAsync(
        $"{node.Name} serves", () => Task.FromResult(LocalConsortium.Ready(node) is not null));

    /// <summary>SIGSTOP: the process stands still and its connections stay open.</summary>
    public static Task PauseAsync(DevnetNode node) => SignalAsync(node, "-STOP");

    /// <summary>SIGCONT.</summary>
    public static Task ResumeAsync(DevnetNode node) => SignalAsync(node, "-CONT");

    /// <summary>SIGKILL.</summary>
    public static async Task KillAsync(DevnetNode node)
    {
        await SignalAsync(node, "-KILL");
        await Waiting.UntilAsync(
            $"{node.Name} is gone", () => Task.FromResult(LocalConsortium.Ready(node) is null));
    }

    private static async Task SignalAsync(DevnetNode node, string signal)
    {
        int process = LocalConsortium.Ready(node)?.ProcessId
            ?? throw new ObservationException($"{node.Name} does not run.");
        using Process kill = Process.Start(
            "/bin/kill", [signal, process.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
        ObservationException.Require(kill.ExitCode == 0, $"{node.Name} could not be sent {signal}.");
    }
}
