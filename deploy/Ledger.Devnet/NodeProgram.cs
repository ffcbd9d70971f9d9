using System.CommandLine;
using System.Diagnostics;
using Ledger.Node.Commands;

namespace Ledger.Devnet;

/// <summary>Runs the <c>ledger-node</c> program's commands, as an administrator would.</summary>
public static class NodeProgram
{
    private static readonly string Assembly = typeof(Ledger.Node.Hosting.NodeRuntime).Assembly.Location;

    /// <summary>Runs a command to its end; fails with what it printed when it does not succeed.</summary>
    /// <remarks>
    /// Within this process: a process for each of a consortium's nine commands would start a runtime for each.
    /// </remarks>
    public static async Task<string> RunAsync(params string[] arguments)
    {
        using StringWriter output = new();
        using StringWriter errors = new();
        InvocationConfiguration invocation = new() { Output = output, Error = errors };
        int code = await Task.Run(() => NodeCommands.InvokeAsync(invocation, arguments));
        return code == ExitCode.Done
            ? output.ToString()
            : throw new DevnetException($"ledger-node {arguments[0]} failed: {errors.ToString().Trim()}");
    }

    /// <summary>Starts a node that goes on when this program ends, its output in its log.</summary>
    public static Process StartDetached(DevnetNode node)
    {
        File.Delete(node.ReadyFile);
        ProcessStartInfo start = new("/bin/sh") { UseShellExecute = false };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add("exec setsid dotnet \"$1\" run --home \"$2\" >>\"$3\" 2>&1 </dev/null");
        start.ArgumentList.Add("sh");
        start.ArgumentList.Add(Assembly);
        start.ArgumentList.Add(node.Home);
        start.ArgumentList.Add(node.LogFile);
        Tune(start);
        return Process.Start(start)!;
    }

    /// <summary>Starts a node as a child of this program.</summary>
    public static Process StartChild(DevnetNode node)
    {
        File.Delete(node.ReadyFile);
        ProcessStartInfo start = new("/bin/sh") { UseShellExecute = false };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add("exec dotnet \"$1\" run --home \"$2\" >>\"$3\" 2>&1 </dev/null");
        start.ArgumentList.Add("sh");
        start.ArgumentList.Add(Assembly);
        start.ArgumentList.Add(node.Home);
        start.ArgumentList.Add(node.LogFile);
        Tune(start);
        return Process.Start(start)!;
    }

    /// <summary>
    /// Settings of a server that shares its machine with several others: the tiered compiler's profiles and a
    /// collector in the background help none of them.
    /// </summary>
    public static void Tune(ProcessStartInfo start)
    {
        start.Environment["DOTNET_TieredPGO"] = "0";
        start.Environment["DOTNET_gcConcurrent"] = "0";
    }
}
